"""The two thresholds: near-certain evidence joins, plausible evidence is asked.

The rest stays apart. A verdict looks at the two records alone: other rows never change it.
"""

from __future__ import annotations

import numpy as np

from pipeline.resolution.evidence import PLAUSIBLE, Pairs
from pipeline.resolution.names import OWN
from pipeline.resolution.reading import Flags

_ALIKE = 0.6
"""Likeness from which names with one address are worth a question: some sign for several."""
_LONG_WORD = 6
"""Telling letters of a name that is nobody else's with one letter changed."""


def joined(pairs: Pairs) -> Flags:
    """Near-certain: the pairs that join by themselves."""
    names = pairs.records.names
    weight = np.minimum(names.weight[pairs.one], names.weight[pairs.other])
    letters = np.minimum(names.letters[pairs.one], names.letters[pairs.other])
    sturdy = (weight >= 2 * OWN) | (letters >= _LONG_WORD)
    equal = pairs.same_key | pairs.same_letters
    # one letter makes another town: with anything else known, something has to agree
    by_name = equal | pairs.supported | (sturdy & pairs.nothing_else)
    by_name &= pairs.supported | ~(pairs.thin & (pairs.elsewhere | pairs.other_trade))
    # `Université libre de Bruxelles` and `Vrije Universiteit Brussel` are two, in one town
    by_name &= pairs.backed | ~(pairs.thin & pairs.translated)
    by_name &= pairs.backed | ~(pairs.other_form | pairs.other_point)
    by_name &= pairs.backed | ~(pairs.same_key & pairs.reordered)
    # whoever writes two names into one could tie two organisations together
    by_name &= ~pairs.half | pairs.same_website
    short = pairs.same_email | (pairs.same_domain & (pairs.same_city | ~pairs.tells_place))
    whole = (pairs.same_domain & pairs.aligned) | (pairs.acronym & short)
    whole |= pairs.at_home & pairs.same_email
    whole |= (pairs.same_email | pairs.same_identifier) & pairs.aligned
    sure = (pairs.near & by_name) | (whole & ~pairs.half)
    return sure & ~pairs.opposed & ~pairs.disguised & ~pairs.halves


def asked(pairs: Pairs) -> Flags:
    """Plausible: the pairs that a person should look at."""
    alike = np.minimum(pairs.likeness, pairs.own_likeness) >= PLAUSIBLE
    alike &= ~pairs.other_place & ~pairs.opposed
    address = pairs.same_email & (pairs.likeness >= _ALIKE)
    return (
        ((pairs.near | pairs.loose | pairs.at_home) & ~pairs.halves)
        | (pairs.acronym & ~pairs.opposed)
        | (pairs.same_domain & ~pairs.on_platform)
        | pairs.same_identifier
        | address
        | alike
    )
