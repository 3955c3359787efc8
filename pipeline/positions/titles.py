"""What stands before, behind and instead of people's names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENATE, HOUSE = "senate", "house"


def _listed(text: str, meaning: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), meaning)


TITLES: Mapping[str, str] = MappingProxyType(
    _listed("sen senator senadora senador senateur senatrice", SENATE)
    | _listed("rep representative congressman congresswoman congressmember", HOUSE)
    | _listed(
        """abgeordnete abgeordneter alderman alderwoman assemblyman assemblymember assemblywoman
        baron baroness cllr commissioner councillor councilman councilmember councilor councilwoman
        dame delegate depute deputee diputada diputado dr dra frau gov governor herr hon honorable
        honourable judge lady lord madam mayor mep minister ministerin ministra ministre ministro
        miss mme monsieur mp mr mrs ms mx president prof professor rev reverend right rt sir
        speaker sr sra state supervisor the us""",
        "",
    )
)
"""Words before a name that aren't part of it, folded → the chamber that they tell, or ""."""
AFTER = frozenset(_listed("mp mep mdb mdl msp td phd md dds dvm esq kc qc obe cbe mbe dbe cpa", ""))
"""What may stand behind a name, without full stops."""
SUFFIXES: Mapping[str, str] = MappingProxyType(
    _listed("jr junior", "jr") | _listed("sr senior", "sr") | _listed("ii 2nd", "ii")
    | _listed("iii 3rd", "iii") | _listed("iv 4th", "iv")
)  # fmt: skip
"""What tells generations apart, without full stops → how it is kept."""
SEATS: Mapping[str, str] = MappingProxyType(
    _listed("sen senate senator senators senado senador senadora senat senateur", SENATE)
    | _listed(
        """rep representative representatives congressman congresswoman congressmember congress
        house""",
        HOUSE,
    )
    | _listed("mp parliament commons", "parliament")
    | _listed("cttee committee comm", "committee")
    | _listed("a and at district for in of s state states the u united us", "")
)
"""Words of a seat that say the same, folded → the word; "" for those that say nothing."""
SPELT_OUT: Mapping[str, str] = MappingProxyType(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"}
)
"""Letters as they are written where a keyboard has none."""
WITHOUT_MARK = str.maketrans("øØłŁđĐıæÆœŒ", "oOlLdDiaAoO")
"""Letters whose marks no decomposition takes off."""
