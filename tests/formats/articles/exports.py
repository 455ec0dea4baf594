"""What press databases export, made by hand: invented articles in their layouts."""

from __future__ import annotations

NEXIS = """




Download Request: Selected Items: 1-3
Time Of Request: Friday, August 29, 2025  16:51:31


                               1 of 3 DOCUMENTS



                              The Northern Post

                            August 24, 2025 Sunday
                                   Edition 1;
                                    Scotland

Port of Narvik closes after
storm

BYLINE: Ann Lee and
Bo Ek

SECTION: NEWS; Pg. 6

LENGTH: 355 words

DATELINE: NARVIK

The port was closed on Sunday, its master
said.

“We had no choice,” he told reporters: it was
late.

GRAPHIC: Cranes in fog.

LOAD-DATE: August 25, 2025

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2025 Northern Post Ltd
                              All Rights Reserved

                               2 of 3 DOCUMENTS



                       Copyright 2025 Harbour News Ltd
                              All Rights Reserved

                               Harbour News

                                 24 August 2025

Ships wait

LENGTH: 12 words

Forty ships wait
  at sea.

LANGUAGE: ENGLISH

                               3 of 3 DOCUMENTS

                               Harbour News

                                 23 August 2025

Only a picture

LENGTH: 1 words

LOAD-DATE: August 25, 2025
"""

UNI = """Job Number: 123
Documents (2)
1. Port of Narvik closes
2. Ships wait
Date and Time: 29 August 2025 16:51:00
Port of Narvik closes
The Northern Post
August 24, 2025 Sunday
Edition 1, National
Copyright 2025 Northern Post Ltd All Rights Reserved
Section:\u00a0NEWS; Pg. 6
Length:\u00a0355 words
Byline:\u00a0By Ann Lee
Highlight: It was late on 24 August 2025
Body
The port was closed on Sunday.
Body
“We had no choice,” he said.
Graphic
Cranes in fog.
Load-Date:\u00a0August 25, 2025
End of Document
Ships wait
Harbour News
24 augustus 2025 zondag
Copyright 2025 Harbour News
Length:\u00a012 words
Body
Forty ships wait at sea.
Classification
Language:\u00a0ENGLISH
Load-Date:\u00a0August 25, 2025
End of Document
"""

CODES = ("Document norpst0020250824el8o0001a", "Document HARBNW0020250824el8o0002b")

TAGGED = f"""

 HD
 Port of Narvik closes.
   BY
By Ann Lee
   WC
355 words
   PD
24 August 2025
   ET
06:04 GMT
   SN
The Northern Post
   SC
NORPST
   LA
English
   CY
(c) 2025 Northern Post Ltd

   LP
 The port was closed on Sunday.

   TD
 HD
 “We had no choice,” he said.

 So it stays.

   CO
nrvk : Port of Narvik
   AN
{CODES[0]}


 HD
 Ships wait.
   WC
12 words
   PD
23 August 2025
   SN
Harbour News
   LP
 Forty ships wait at sea.
   AN
{CODES[1]}

"""

UNTAGGED = f"""News
Port of Narvik closes
By Ann Lee
1,355 words
24 August 2025
06:04 GMT
The Northern Post
NORPST
12
English
(c) 2025 Northern Post Ltd

The port was closed on Sunday.

“We had no choice,” he said.

{CODES[0]}

Ships wait at sea for days
Bo Ek
12 words
23 August 2025
Harbour News
HARBNW
English
Harbour Company 2025

Forty ships wait at sea.

{CODES[1]}

© 2025 Factiva, Inc. All rights reserved.
"""

PAGE = f"""<!DOCTYPE html><html><head><title>Factiva</title></head><body><h1>Factiva</h1>
<div id="contentLeft"><div class="article enArticle"><table>
<tr><td class="index"><b>HD</b>&nbsp;</td><td><b class="enHeadline">Port of <i>Narvik</i> closes</b></td></tr>
<tr><td class="index"><b>BY</b>&nbsp;</td><td>By Ann Lee</td></tr>
<tr><td class="index"><b>PD</b>&nbsp;</td><td>24 August 2025</td></tr>
<tr><td class="index"><b>SN</b>&nbsp;</td><td>The Northern Post</td></tr>
<tr><td class="index"><p><b>LP</b>&nbsp;</p></td><td>
<p class="articleParagraph enarticleParagraph">The port was closed on Sunday.</p></td></tr>
<tr><td class="index"><b>TD</b></td><td><p class="articleParagraph">“We had no choice,” he said.</p></td></tr>
<tr><td class="index"><br/><b>AN</b>&nbsp;</td><td><br/>{CODES[0]}</td></tr></table></div><br/>
<div class="article enArticle"><div id="hd"><span class="enHeadline">Ships wait</span></div>
<div>12 words</div><div>23 August 2025</div><div>Harbour News</div><div>HARBNW</div>
<div>English</div><div>(c) 2025 Harbour News</div>
<p class="articleParagraph enarticleParagraph">Forty ships wait at sea.</p><p>{CODES[1]}</p></div>
</div><div id="pageFooter">© 2025 Factiva, Inc.</div></body></html>"""


_PAPER = """<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}
<br/>Opinions</span></div><span class="DocHeader">{date}, p. 12</span><div class="titreArticle">
<p class="titreArticleVisu rdp__articletitle">{title}</p></div>{more}</header>
<section><div class="DocText clearfix"><div class="docOcurrContainer">{text}</div></div></section>
<footer><small>© 2025 {outlet}. Tous droits réservés.</small></footer></article>"""
EUROPRESSE = (
    "<!DOCTYPE html><html><head><title>Europresse</title></head><body>"
    + _PAPER.format(
        outlet="La Poste du Nord, no. 4301",
        date="dimanche 24 août 2025",
        title="Le port fermé",
        more='<p class="sm-margin-TopNews rdp__subtitle">La tempête est passée</p>'
        '<div class="docAuthors">Par Anne Lee</div>',
        text="<p>Le <mark>port</mark> est fermé depuis dimanche.</p><p>« On attend », dit-il.</p>",
    )
    + _PAPER.format(
        outlet="Harbour News", date="Saturday, August 23, 2025", title="Ships wait", more="",
        text="<p>Forty ships wait at sea.</p>",
    )
    + "</body></html>"
)  # fmt: skip

RULE = "_" * 60
PROQUEST = f"""Table of contents
1. Port of Narvik closes

{RULE}

Port of Narvik closes

Author: Lee, Ann

Publication info: Northern Post ; Narvik  24 Aug 2025.

http://link.example/1

Full text: The port was closed on Sunday.

Location: nobody would say.

“We had no choice,” he said.

Subject: Ports; Storms

Location: Narvik

Title: Port of Narvik closes

Publication title: Northern Post; Narvik

Publication date: Aug 24, 2025

ProQuest document ID: 123456

Database: Newsstream

{RULE}

Ships wait

Full text: Forty ships wait at sea.
Title: Ships wait
Publication title: Harbour News
Publication date: Aug 23, 2025
ProQuest document ID: 123457

{RULE}

Contact us at: http://link.example
Database copyright 2025 ProQuest LLC. All rights reserved.
"""
