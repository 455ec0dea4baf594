"""The control words of RTF: which say something, which begin what is left out, which encodings."""

from __future__ import annotations

PARAGRAPH_ENDS = frozenset("par sect page row nestrow".split())
CHARACTERS = {
    "tab": "\t",
    "cell": "\t",
    "nestcell": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "column": "\n",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "endash": "–",
    "emdash": "—",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad"}
LEFT_OUT = frozenset(
    "annotation atnauthor atndate atnicn atnid atnparent atnref bkmkend bkmkstart blipuid buptim"
    " colortbl colorschememapping comment datastore defchp defpap do fldinst filetbl footer footerf"
    " footerl footerr footnote ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator header headerf"
    " headerl headerr latentstyles listlevel listoverridetable listtable listtext mmathPict"
    " nonesttables nonshppict objclass objdata objname pgptbl picprop pict pntext pntxta pntxtb"
    " revtbl rsidtbl rxe shprslt sn sp sv tc template themedata txe ud userprops wgrffmtfilter xe"
    " xmlnstbl".split()
)
"""What groups that begin so hold is no text of the document."""
NOTED = {"footnote": "footnote", "annotation": "comment"}
"""What of it is told."""
STARRED = frozenset("shpinst shptxt nesttableprops".split())
"""Groups for newer programs, which are passed over by rule, that hold text nonetheless."""

CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""Encodings that fonts say they are in; others are in that of the document."""
PAGES = {0: "cp1252", 936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 65001: "utf-8"}
"""Code pages that Python has under another name."""
DOCUMENTS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
