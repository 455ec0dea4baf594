"""Places and short names that newspapers use for a state or its government.

Only what is offered: who is meant is the analyst's choice each time, and what they chose before
in a project counts more than this list. A place that is missing here is known as soon as it is
an alias.
"""

from __future__ import annotations

from annotator.core.people.names import key

_STANDS_FOR = {
    "Russia": "Moscow, Kremlin, Russian Federation",
    "Ukraine": "Kyiv, Kiev, Bankova",
    "United States": "Washington, White House, Oval Office, Pentagon, Capitol Hill, US, USA, America",
    "United Kingdom": "London, Downing Street, 10 Downing Street, Whitehall, UK, Britain, Great Britain",
    "European Union": "Brussels, EU, Berlaymont",
    "United Nations": "UN, Turtle Bay",
    "NATO": "Brussels",
    "China": "Beijing, Zhongnanhai",
    "France": "Paris, Élysée, Elysee Palace, Quai d'Orsay, Matignon",
    "Germany": "Berlin, Bundestag, Kanzleramt",
    "Italy": "Rome, Palazzo Chigi, Quirinale",
    "Spain": "Madrid, Moncloa",
    "Poland": "Warsaw",
    "Hungary": "Budapest",
    "Austria": "Vienna, Ballhausplatz",
    "Switzerland": "Bern",
    "Belarus": "Minsk",
    "Turkey": "Ankara, Türkiye",
    "Israel": "Jerusalem, Tel Aviv, Knesset",
    "Iran": "Tehran",
    "Iraq": "Baghdad",
    "Syria": "Damascus",
    "Saudi Arabia": "Riyadh",
    "Qatar": "Doha",
    "Egypt": "Cairo",
    "India": "New Delhi, Delhi",
    "Pakistan": "Islamabad",
    "Japan": "Tokyo",
    "South Korea": "Seoul, Blue House",
    "North Korea": "Pyongyang",
    "Taiwan": "Taipei",
    "Canada": "Ottawa",
    "Mexico": "Mexico City",
    "Brazil": "Brasília",
    "Venezuela": "Caracas",
    "Cuba": "Havana",
    "Australia": "Canberra",
    "Holy See": "Vatican, Rome",
    "Finland": "Helsinki",
    "Sweden": "Stockholm",
    "Norway": "Oslo",
    "Denmark": "Copenhagen, Christiansborg",
    "Serbia": "Belgrade",
    "Georgia": "Tbilisi",
    "Armenia": "Yerevan",
    "Azerbaijan": "Baku",
    "Moldova": "Chișinău",
    "Romania": "Bucharest",
    "Bulgaria": "Sofia",
    "Greece": "Athens",
    "Netherlands": "The Hague, Hague",
    "Belgium": "Brussels",
}


def _by_place() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for state, places in _STANDS_FOR.items():
        for place in places.split(", "):
            found[key(place)] = (*found.get(key(place), ()), key(state))
    return found


STATES_BY_PLACE = _by_place()
"""The keys of the states that a place, by its key, may stand for."""
