"""Which pairs are looked at: those that share a key. Grows with the names, not with their square.

Keys that can join by themselves are exact, so no limit ever costs a join: equal names, equal
letters, one word left out, and in large blocks one letter of that word left out too. Limits on a
block only cost questions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.resolution.names import SPREAD, Bits, Names
from pipeline.resolution.reading import Flags, Ints
from pipeline.resolution.repair import shorter
from pipeline.resolution.vocabulary import GENERIC, TELLING

BLOCK = 30
"""Names in a block of which every pair is looked at."""
_SLIP = 4
"""Letters of the shortest word in which a slip is looked for."""
_NO_WORD = -1


@dataclass(frozen=True)
class Slips:
    """Pairs of names that are equal but for one word.

    Attributes:
        one: a name's position.
        other: the other's.
        one_word: the word only the first has; -1 where it has none more.
        other_word: the word only the other has; -1 where it has none more.
    """

    one: Ints
    other: Ints
    one_word: Ints
    other_word: Ints


def pairs_within(block: Bits | Ints, limit: int = BLOCK) -> tuple[Ints, Ints]:
    """All pairs of members of each block; 0 is no block, and those above the limit are left out."""
    order, starts, sizes = _blocks(block)
    return _all_pairs(order, starts, sizes, (sizes > 1) & (sizes <= limit))


def with_first(block: Bits | Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Each member of a block with the block's first by rank; 0 is no block."""
    order = np.lexsort((rank, block))
    order = order[block[order] != 0]
    ranked = block[order]
    new = np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)]
    first = order[np.flatnonzero(new)[np.cumsum(new) - 1]] if len(order) else order
    return first[~new], order[~new]


def within(key: Bits, *codes: Ints | Bits) -> Bits:
    """Blocks of equal keys and equal codes; 0 where the key or one of the codes is 0."""
    found = key.copy()
    for code in codes:
        found = np.where(code == 0, np.uint64(0), (found ^ code.astype(np.uint64)) * SPREAD)
    return np.where(key == 0, np.uint64(0), found)


def slips(names: Names, chosen: Ints) -> Slips:
    """Pairs among the chosen names that are equal but for one word.

    In a block of more than `BLOCK` names only those whose odd words are one slip apart.
    """
    entry, word, key = _left_out(names, chosen)
    order, starts, sizes = _blocks(key)
    small = (sizes > 1) & (sizes <= BLOCK)
    first, second = _all_pairs(order, starts, sizes, small)
    more = _slipped(names, word, key, np.repeat(sizes > BLOCK, sizes), order)
    first, second = np.concatenate([first, more[0]]), np.concatenate([second, more[1]])
    apart = entry[first] != entry[second]
    first, second = first[apart], second[apart]
    return Slips(entry[first], entry[second], word[first], word[second])


def _left_out(names: Names, chosen: Ints) -> tuple[Ints, Ints, Bits]:
    """Each chosen name whole, and without each of its words: (name, the word left out, key)."""
    kept = np.zeros(len(names), dtype=bool)
    kept[chosen] = True
    here = kept[names.rows]
    entry, word = names.rows[here], names.ids[here]
    key = names.key[entry] - names.hashes[word]
    whole = chosen[names.key[chosen] != 0]
    return (
        np.concatenate([entry, whole]),
        np.concatenate([word, np.full(len(whole), _NO_WORD)]),
        # a name of one word leaves nothing: all such names share the block 1
        np.concatenate([np.where(key == 0, np.uint64(1), key), names.key[whole]]),
    )


def _slipped(names: Names, word: Ints, key: Bits, large: Flags, order: Ints) -> tuple[Ints, Ints]:
    """In large blocks: pairs of entries whose odd words share a form with one letter left out."""
    chosen = order[large]
    chosen = chosen[word[chosen] != _NO_WORD]
    chosen = chosen[np.isin(names.kinds, (TELLING, GENERIC))[word[chosen]]]
    forms, of_form = _shorter_forms(names, np.unique(word[chosen]))
    counts = np.bincount(of_form, minlength=len(names.words))
    begins = np.cumsum(counts) - counts
    many = counts[word[chosen]]
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    form = forms[np.repeat(begins[word[chosen]], many) + within]
    at = np.repeat(chosen, many)
    block = key[at] * np.uint64(31) + form
    one, other = _by_form(block, at)
    return one, other


def _by_form(block: Bits, at: Ints) -> tuple[Ints, Ints]:
    order, starts, sizes = _blocks(block)
    one, other = _all_pairs(order, starts, sizes, (sizes > 1) & (sizes <= BLOCK))
    hub, further = with_first(block, np.arange(len(block)))
    return at[np.concatenate([one, hub])], at[np.concatenate([other, further])]


def _shorter_forms(names: Names, used: Ints) -> tuple[Bits, Ints]:
    """The used words' forms with a letter left out, as bits, and the word of each."""
    long = [at for at in used.tolist() if len(names.spelt[at]) >= _SLIP]
    found = [(at, form) for at in long for form in shorter(names.spelt[at])]
    if not found:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    texts = np.array([form for _, form in found], dtype=object)
    return pd.util.hash_array(texts), np.array([at for at, _ in found], dtype=np.int64)


def _blocks(block: Bits | Ints) -> tuple[Ints, Ints, Ints]:
    """Members in the order of their blocks, where each block begins, and its size; without 0."""
    order = np.argsort(block, kind="stable")
    order = order[block[order] != 0]
    ranked = block[order]
    begins = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)])
    return order, begins, np.diff(np.append(begins, len(ranked)))


def _all_pairs(order: Ints, starts: Ints, sizes: Ints, fits: Flags) -> tuple[Ints, Ints]:
    """Every pair of members within the blocks that fit."""
    ones, others = [order[:0]], [order[:0]]
    for size in np.unique(sizes[fits]).tolist():
        begin = starts[fits & (sizes == size)]
        left, right = np.triu_indices(size, 1)
        ones.append(order[(begin[:, None] + left).ravel()])
        others.append(order[(begin[:, None] + right).ravel()])
    return np.concatenate(ones), np.concatenate(others)
