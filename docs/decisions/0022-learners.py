#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Three ways to learn a WordPiece vocabulary, measured by tokens per word: the evidence of decision 0022.

    python3 0022-learners.py HELD_OUT.txt TRAINING.txt...

Plain Python and slow. Words are Google's for ASCII text: runs of letters and digits in lower case, and every other sign.
"""
import collections
import heapq
import re
import sys
import time

SIZE = 7995  # 8,000 with the special tokens
SURPLUS = 0.25


def count_words(paths):
    counts = collections.Counter()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            counts.update(re.findall(r"[a-z0-9]+|[^\sa-z0-9]", file.read().lower()))
    return counts


def alphabet(counts):
    characters = sorted({c for word in counts for c in word})
    return characters + ["##" + c for c in characters]


def longest_match(word, vocabulary):
    start, pieces = 0, []
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in vocabulary:
            end -= 1
        if end == start:
            return ["[UNK]"]
        pieces.append(("##" if start else "") + word[start:end])
        start = end
    return pieces


def tokens_per_word(counts, vocabulary):
    vocabulary = set(vocabulary)
    return sum(n * len(longest_match(word, vocabulary)) for word, n in counts.items()) / sum(counts.values())


def bottom_up(counts, size):
    """Merges the most frequent pair of neighbours, as Hugging Face's trainer does."""
    vocabulary = dict.fromkeys(alphabet(counts))
    words = [[word[0]] + ["##" + c for c in word[1:]] for word in counts]
    numbers = list(counts.values())
    pairs, places = collections.Counter(), collections.defaultdict(set)
    for i, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += numbers[i]
            places[pair].add(i)
    heap = [(-n, pair) for pair, n in pairs.items()]
    heapq.heapify(heap)
    while len(vocabulary) < size and heap:
        n, pair = heapq.heappop(heap)
        if pairs[pair] != -n:
            if pairs[pair] > 1:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        merged, grown = pair[0] + pair[1][2:], set()
        vocabulary.setdefault(merged)
        for i in list(places[pair]):
            for other in zip(words[i], words[i][1:]):
                pairs[other] -= numbers[i]
            words[i] = merge(words[i], pair, merged)
            for other in zip(words[i], words[i][1:]):
                pairs[other] += numbers[i]
                places[other].add(i)
                if merged in other:
                    grown.add(other)
        for other in grown:
            heapq.heappush(heap, (-pairs[other], other))
    return list(vocabulary)


def merge(word, pair, merged):
    result, k = [], 0
    while k < len(word):
        if tuple(word[k:k + 2]) == pair:
            result.append(merged)
            k += 2
        else:
            result.append(word[k])
            k += 1
    return result


def bottom_up_with_surplus(counts, size):
    """Learns more than wanted and keeps what a tokenizer uses that looks for the longest piece."""
    letters = set(alphabet(counts))
    learnt = bottom_up(counts, len(letters) + int((size - len(letters)) * (1 + SURPLUS)))
    uses, vocabulary = collections.Counter(), set(learnt)
    for word, n in counts.items():
        for piece in longest_match(word, vocabulary):
            uses[piece] += n
    kept = sorted((piece for piece in learnt if piece not in letters), key=lambda piece: -uses[piece])
    return list(letters) + kept[:size - len(letters)]


def top_down(counts, size, iterations=4, longest=50):
    """Substrings that are frequent enough by themselves, the longest first, as TensorFlow Text's learner does. The threshold that
    gives the wanted size is searched for; theirs accepts 5 % less, here it is 1 %."""
    low, high, best = 2, 1000, []
    while low <= high:
        threshold = (low + high) // 2
        vocabulary = set(alphabet(counts))
        for iteration in range(iterations):
            vocabulary = substrings(counts, vocabulary, threshold, longest, everywhere=iteration == 0) | set(alphabet(counts))
        if len(vocabulary) > size:
            low = threshold + 1
            continue
        best = max(best, vocabulary, key=len)
        if len(best) >= 0.99 * size:
            break
        high = threshold - 1
    return best


def substrings(counts, vocabulary, threshold, longest, everywhere):
    found = [collections.Counter() for _ in range(longest + 1)]
    for word, n in counts.items():
        if len(word) > longest:
            continue
        for start in range(len(word)) if everywhere else starts(word, vocabulary):
            prefix = "##" if start else ""
            for end in range(start + 1, len(word) + 1):
                found[end - start][prefix + word[start:end]] += n
    kept = set()
    for length in range(longest, 0, -1):
        for piece, n in found[length].items():
            if n >= threshold:
                kept.add(piece)
            mark = len(piece) - length
            for shorter in range(1, length):
                found[shorter][piece[:mark + shorter]] -= n
    return kept


def starts(word, vocabulary):
    result, at = [], 0
    for piece in longest_match(word, vocabulary):
        result.append(at)
        at += len(piece) - (2 if at else 0)
    return result


if __name__ == "__main__":
    held_out, training = count_words(sys.argv[1:2]), count_words(sys.argv[2:])
    for learner in (bottom_up, bottom_up_with_surplus, top_down):
        begin = time.perf_counter()
        learnt = learner(training, SIZE)
        seconds = time.perf_counter() - begin
        print(f"{learner.__name__:24} {len(learnt)} pieces in {seconds:4.0f} s, tokens per word: "
              f"{tokens_per_word(training, learnt):.4f} in training, {tokens_per_word(held_out, learnt):.4f} held out", flush=True)
