// How a transition is written: one record for all of its changes and hits.
//
//   transition = side side notes status problems count id* change*
//   side       = string unit, date, { 0, sha | 1 }            1: the digest is given beside
//   id         = 1, 16 bytes for 32 hex digits | 0, string
//   change     = flags, node kind, citation at, [citation was], [string group], texts, typed*,
//                cause*, count hit*
//     flags      low three bits: kind; then the bits of transition_pack.cpp
//     texts    = scripted: string before, count { op, varint length | op '+', string }*
//                else:     string before, string after, count { op, string }*
//   hit        = flags, string category, [string id], score, severity, reason*
//   reason     = string signal, string words, { 1 | 0, string at }, weight
//
// Ids stand apart, as they have nothing in common and would part what has.
// Scripted is every change whose words make its texts, as those of a diff do: after is not written.
// A hit's id that is the digest of the change's id and the category is not written either, nor a
// reason's place that is the change's (1).
#pragma once

#include "model/category.hpp"
#include "model/change.hpp"
#include "store/bytes_internal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::store {

/// Digests that are known without the record.
struct KnownSides {
  std::optional<Sha256> before;
  std::optional<Sha256> after;
};

struct PackedTransition {
  DiffResult diff;
  std::vector<std::vector<Hit>> hits; ///< one per change
};

/// `hits` has one element per change.
std::string pack_transition(const PackedTransition& transition, const KnownSides& known);
PackedTransition unpack_transition(std::string_view bytes, const KnownSides& known);

// Pieces that the records of schema 2 hold as well.
void read_notes(Reader& in, DiffResult& diff);
void read_words(Reader& in, Change& change);
void read_meaning(Reader& in, Change& change);

} // namespace regtrail::store
