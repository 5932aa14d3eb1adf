#include "store/records_internal.hpp"
#include "store/transition_pack_internal.hpp"

#include <algorithm>
#include <stdexcept>

namespace regtrail::store {

namespace {

constexpr std::uint8_t kind_mask = 0x07;
constexpr std::uint8_t has_was = 0x08;
constexpr std::uint8_t has_group = 0x10;
constexpr std::uint8_t is_scripted = 0x20;

constexpr std::uint8_t hit_is_near = 0x01;
constexpr std::uint8_t hit_has_own_id = 0x02;

constexpr std::size_t hex_digits = 32;

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool is_hash(std::string_view id) {
  return id.size() == hex_digits &&
         std::all_of(id.begin(), id.end(), [](char digit) { return hex_value(digit) >= 0; });
}

void write_id(Writer& out, std::string_view id) {
  const bool hash = is_hash(id);
  out.byte(hash ? 1 : 0);
  if (!hash) {
    out.string(id);
    return;
  }
  for (std::size_t i = 0; i < hex_digits; i += 2) {
    out.byte(static_cast<std::uint8_t>(hex_value(id[i]) * 16 + hex_value(id[i + 1])));
  }
}

std::string read_id(Reader& in) {
  if (in.byte() == 0) {
    return std::string(in.string());
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string id;
  id.reserve(hex_digits);
  while (id.size() < hex_digits) {
    const std::uint8_t byte = in.byte();
    id.push_back(digits[byte / 16]);
    id.push_back(digits[byte % 16]);
  }
  return id;
}

// --- sides and notes -------------------------------------------------------------------------

void write_side(Writer& out, const SideInfo& side, const std::optional<Sha256>& known) {
  out.string(side.unit);
  write(out, side.date);
  const bool is_known = known == side.sha256;
  out.byte(is_known ? 1 : 0);
  if (!is_known) {
    out.sha(side.sha256);
  }
}

SideInfo read_side(Reader& in, const std::optional<Sha256>& known) {
  SideInfo side;
  side.unit = in.string();
  side.date = read_date(in);
  const bool is_known = in.byte() != 0;
  if (is_known && !known) {
    throw Damage("a digest that is to be found elsewhere and is not");
  }
  side.sha256 = is_known ? *known : in.sha();
  return side;
}

void write_notes(Writer& out, const DiffResult& diff) {
  out.varint(diff.notes.size());
  for (const NoteChange& note : diff.notes) {
    write(out, note.at);
    write_enum(out, note.field);
    out.string(note.before);
    out.string(note.after);
  }
  out.varint(diff.status.size());
  for (const StatusEvent& event : diff.status) {
    write(out, event.at);
    out.string(to_string(event.event));
    write(out, event.date);
    write(out, event.until);
  }
  write_problems(out, diff.not_understood);
}

// --- texts -----------------------------------------------------------------------------------

/// True when the words say both texts, so that the second can be made of them.
bool words_make_texts(const Change& change) {
  std::string before;
  std::string after;
  for (const WordRun& run : change.words) {
    if (run.op != WordRun::Op::added) {
      before += run.text;
    }
    if (run.op != WordRun::Op::removed) {
      after += run.text;
    }
  }
  return !change.words.empty() && before == change.before && after == change.after;
}

WordRun::Op read_op(Reader& in) {
  const auto op = static_cast<WordRun::Op>(in.byte());
  if (op != WordRun::Op::same && op != WordRun::Op::removed && op != WordRun::Op::added) {
    throw Damage("a run of words that is neither same nor removed nor added");
  }
  return op;
}

void write_script(Writer& out, const Change& change) {
  out.string(change.before);
  out.varint(change.words.size());
  for (const WordRun& run : change.words) {
    out.byte(static_cast<std::uint8_t>(run.op));
    if (run.op == WordRun::Op::added) {
      out.string(run.text);
    } else {
      out.varint(run.text.size());
    }
  }
}

void read_script(Reader& in, Change& change) {
  change.before = in.string();
  Reader rest(change.before);
  change.words.resize(in.count());
  for (WordRun& run : change.words) {
    run.op = read_op(in);
    run.text = run.op == WordRun::Op::added ? in.string() : rest.take(in.varint());
    if (run.op != WordRun::Op::removed) {
      change.after += run.text;
    }
  }
}

void write_texts(Writer& out, const Change& change) {
  out.string(change.before);
  out.string(change.after);
  out.varint(change.words.size());
  for (const WordRun& run : change.words) {
    out.byte(static_cast<std::uint8_t>(run.op));
    out.string(run.text);
  }
}

void read_texts(Reader& in, Change& change) {
  change.before = in.string();
  change.after = in.string();
  read_words(in, change);
}

// --- changes ---------------------------------------------------------------------------------

void write_meaning(Writer& out, const Change& change) {
  out.varint(change.typed.size());
  for (const TypedChange& typed : change.typed) {
    write_enum(out, typed.direction);
    out.string(to_string(typed.type));
    for (const std::string* text : {&typed.subject, &typed.before, &typed.after, &typed.rule}) {
      out.string(*text);
    }
  }
  out.varint(change.causes.size());
  for (const Cause& cause : change.causes) {
    out.string(cause.document);
    out.string(cause.citation);
    out.real(cause.confidence);
    out.varint(cause.evidence.size());
    for (const CauseEvidence evidence : cause.evidence) {
      out.string(to_string(evidence));
    }
    out.string(cause.instruction);
  }
}

void write_change(Writer& out, const Change& change) {
  const bool scripted = words_make_texts(change);
  out.byte(static_cast<std::uint8_t>(
      static_cast<unsigned>(change.kind) | (change.was ? has_was : 0U) |
      (change.group.empty() ? 0U : has_group) | (scripted ? is_scripted : 0U)));
  write_enum(out, change.node_kind);
  write(out, change.at);
  if (change.was) {
    write(out, *change.was);
  }
  if (!change.group.empty()) {
    out.string(change.group);
  }
  if (scripted) {
    write_script(out, change);
  } else {
    write_texts(out, change);
  }
  write_meaning(out, change);
}

void read_change(Reader& in, Change& change) {
  const std::uint8_t flags = in.byte();
  const auto kind = static_cast<std::uint8_t>(flags & kind_mask);
  if (kind > static_cast<std::uint8_t>(ChangeKind::cosmetic)) {
    throw Damage("a change of unknown kind");
  }
  change.kind = static_cast<ChangeKind>(kind);
  change.node_kind = read_enum(in, NodeKind::figure);
  change.at = read_citation(in);
  if ((flags & has_was) != 0) {
    change.was = read_citation(in);
  }
  if ((flags & has_group) != 0) {
    change.group = in.string();
  }
  if ((flags & is_scripted) != 0) {
    read_script(in, change);
  } else {
    read_texts(in, change);
  }
  read_meaning(in, change);
}

// --- hits ------------------------------------------------------------------------------------

std::string usual_hit_id(const Change& change, const std::string& category) {
  return to_hex(hash128(change.id + '\n' + category));
}

void write_hit(Writer& out, const Hit& hit, const Change& change, const std::string& at) {
  const bool own_id = hit.id != usual_hit_id(change, hit.category);
  out.byte(
      static_cast<std::uint8_t>((hit.near ? hit_is_near : 0U) | (own_id ? hit_has_own_id : 0U)));
  out.string(hit.category);
  if (own_id) {
    out.string(hit.id);
  }
  out.real(hit.score);
  out.zigzag(hit.severity);
  out.varint(hit.reasons.size());
  for (const Reason& reason : hit.reasons) {
    out.string(to_string(reason.signal));
    out.string(reason.words);
    const bool is_here = reason.at == at;
    out.byte(is_here ? 1 : 0);
    if (!is_here) {
      out.string(reason.at);
    }
    out.real(reason.weight);
  }
}

Hit read_hit(Reader& in, const Change& change, const std::string& at) {
  Hit hit;
  const std::uint8_t flags = in.byte();
  hit.near = (flags & hit_is_near) != 0;
  hit.category = in.string();
  hit.id =
      (flags & hit_has_own_id) != 0 ? std::string(in.string()) : usual_hit_id(change, hit.category);
  hit.score = in.real();
  hit.severity = static_cast<int>(in.zigzag());
  hit.reasons.resize(in.count());
  for (Reason& reason : hit.reasons) {
    reason.signal = read_word<Signal>(in);
    reason.words = in.string();
    reason.at = in.byte() != 0 ? at : std::string(in.string());
    reason.weight = in.real();
  }
  return hit;
}

} // namespace

void read_notes(Reader& in, DiffResult& diff) {
  diff.notes.resize(in.count());
  for (NoteChange& note : diff.notes) {
    note.at = read_citation(in);
    note.field = read_enum(in, NoteField::pending_link);
    note.before = in.string();
    note.after = in.string();
  }
  diff.status.resize(in.count());
  for (StatusEvent& event : diff.status) {
    event.at = read_citation(in);
    event.event = read_word<StatusEventKind>(in);
    event.date = read_date(in);
    event.until = read_date(in);
  }
  diff.not_understood = read_problems(in);
}

void read_words(Reader& in, Change& change) {
  change.words.resize(in.count());
  for (WordRun& run : change.words) {
    run.op = read_op(in);
    run.text = in.string();
  }
}

void read_meaning(Reader& in, Change& change) {
  change.typed.resize(in.count());
  for (TypedChange& typed : change.typed) {
    typed.direction = read_enum(in, Direction::unclear);
    typed.type = read_word<TypedChangeType>(in);
    for (std::string* text : {&typed.subject, &typed.before, &typed.after, &typed.rule}) {
      *text = in.string();
    }
  }
  change.causes.resize(in.count());
  for (Cause& cause : change.causes) {
    cause.document = in.string();
    cause.citation = in.string();
    cause.confidence = in.real();
    cause.evidence.resize(in.count());
    for (CauseEvidence& evidence : cause.evidence) {
      evidence = read_word<CauseEvidence>(in);
    }
    cause.instruction = in.string();
  }
}

std::string pack_transition(const PackedTransition& transition, const KnownSides& known) {
  const DiffResult& diff = transition.diff;
  if (transition.hits.size() != diff.changes.size()) {
    throw std::logic_error("a transition is packed with hits of other changes");
  }
  Writer out;
  write_side(out, diff.before, known.before);
  write_side(out, diff.after, known.after);
  write_notes(out, diff);
  out.varint(diff.changes.size());
  for (const Change& change : diff.changes) {
    write_id(out, change.id);
  }
  for (std::size_t i = 0; i < diff.changes.size(); ++i) {
    const Change& change = diff.changes[i];
    write_change(out, change);
    out.varint(transition.hits[i].size());
    if (transition.hits[i].empty()) {
      continue;
    }
    const std::string at = change.at.to_string();
    for (const Hit& hit : transition.hits[i]) {
      write_hit(out, hit, change, at);
    }
  }
  return out.take();
}

PackedTransition unpack_transition(std::string_view bytes, const KnownSides& known) {
  Reader in(bytes);
  PackedTransition transition;
  DiffResult& diff = transition.diff;
  diff.before = read_side(in, known.before);
  diff.after = read_side(in, known.after);
  read_notes(in, diff);
  diff.changes.resize(in.count());
  transition.hits.resize(diff.changes.size());
  for (Change& change : diff.changes) {
    change.id = read_id(in);
  }
  for (std::size_t i = 0; i < diff.changes.size(); ++i) {
    Change& change = diff.changes[i];
    read_change(in, change);
    const std::size_t count = in.count();
    const std::string at = count > 0 ? change.at.to_string() : std::string();
    for (std::size_t left = count; left > 0; --left) {
      transition.hits[i].push_back(read_hit(in, change, at));
    }
  }
  if (!in.done()) {
    throw Damage("bytes behind a transition");
  }
  return transition;
}

} // namespace regtrail::store
