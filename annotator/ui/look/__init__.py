"""How the program looks: themes, style sheet, icons, and text cut to fit."""
