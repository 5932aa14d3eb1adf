#include "store/records_internal.hpp"
#include "store/trouble_internal.hpp"

#include <optional>

namespace regtrail::store {

namespace {

Citation bare_citation(CitationKind kind, std::string title, std::string name) {
  if (name.empty()) {
    return {};
  }
  switch (kind) {
  case CitationKind::part:
    return Citation::part(std::move(title), std::move(name));
  case CitationKind::section:
    return Citation::section(std::move(title), std::move(name));
  case CitationKind::appendix:
    return Citation::appendix(std::move(title), std::move(name));
  case CitationKind::eccn:
    return Citation::eccn(std::move(name));
  case CitationKind::fr_document: // also a measure's, which is no number that people write
    return Citation::fr_document(std::move(name));
  case CitationKind::fr_page:
  case CitationKind::executive_order:
    break;
  }
  auto parsed = Citation::parse(name);
  if (!parsed) {
    throw Damage("a citation that is none: '" + name + "'");
  }
  return *std::move(parsed);
}

} // namespace

namespace {

void write_step(Writer& out, const Step& step) {
  write_enum(out, step.kind);
  out.string(step.name);
  out.varint(step.occurrence);
}

Step read_step(Reader& in) {
  Step step;
  step.kind = read_enum(in, Step::Kind::named);
  step.name = in.string();
  step.occurrence = static_cast<std::uint32_t>(in.varint());
  return step;
}

} // namespace

void write(Writer& out, const Citation& citation) {
  write_enum(out, citation.kind());
  out.string(citation.title());
  const bool of_the_cfr =
      citation.kind() <= CitationKind::eccn; // the others are written as they print
  out.string(of_the_cfr ? citation.name() : citation.to_string());
  out.varint(citation.steps().size());
  for (const Step& step : citation.steps()) {
    write_step(out, step);
  }
}

Citation read_citation(Reader& in) {
  const auto kind = read_enum(in, CitationKind::executive_order);
  std::string title(in.string());
  std::string name(in.string());
  Citation citation = bare_citation(kind, std::move(title), std::move(name));
  for (std::size_t left = in.count(); left > 0; --left) {
    citation = citation.child(read_step(in));
  }
  return citation;
}

void write(Writer& out, std::optional<Date> date) {
  out.byte(date ? 1 : 0);
  if (date) {
    out.zigzag(date->days().time_since_epoch().count());
  }
}

std::optional<Date> read_date(Reader& in) {
  if (in.byte() == 0) {
    return std::nullopt;
  }
  using Days = std::chrono::days;
  return Date(std::chrono::sys_days(Days(static_cast<Days::rep>(in.zigzag()))));
}

void write(Writer& out, const std::vector<std::string>& strings) {
  out.varint(strings.size());
  for (const std::string& each : strings) {
    out.string(each);
  }
}

std::vector<std::string> read_strings(Reader& in) {
  std::vector<std::string> strings(in.count());
  for (std::string& each : strings) {
    each = in.string();
  }
  return strings;
}

namespace {

void write(Writer& out, const NotUnderstood& problem) {
  write(out, problem.at);
  out.string(problem.what);
  out.string(problem.text);
}

} // namespace

void write_problems(Writer& out, const std::vector<NotUnderstood>& problems) {
  out.varint(problems.size());
  for (const NotUnderstood& problem : problems) {
    write(out, problem);
  }
}

std::vector<NotUnderstood> read_problems(Reader& in) {
  std::vector<NotUnderstood> problems(in.count());
  for (NotUnderstood& problem : problems) {
    problem.at = read_citation(in);
    problem.what = in.string();
    problem.text = in.string();
  }
  return problems;
}

std::string pack_citation(const Citation& citation) {
  Writer out;
  write(out, citation);
  return out.take();
}

Citation unpack_citation(std::string_view bytes) {
  Reader in(bytes);
  return read_citation(in);
}

std::string pack_steps(const Citation& place) {
  Writer out;
  if (place.kind() == CitationKind::eccn) {
    write_step(out, {Step::Kind::named, place.name(), 1});
  }
  for (const Step& step : place.steps()) {
    write_step(out, step);
  }
  return out.take();
}

Citation unpack_steps(std::string_view bytes, const Citation& unit) {
  Citation place = unit;
  for (Reader in(bytes); !in.done();) {
    place = place.child(read_step(in));
  }
  return place;
}

std::string pack_headers(const Headers& headers) {
  Writer out;
  out.varint(headers.size());
  for (const auto& [name, value] : headers) {
    out.string(name);
    out.string(value);
  }
  return out.take();
}

Headers unpack_headers(std::string_view bytes) {
  Reader in(bytes);
  Headers headers(in.count());
  for (auto& [name, value] : headers) {
    name = in.string();
    value = in.string();
  }
  return headers;
}

std::string pack_strings(const std::vector<std::string>& strings) {
  Writer out;
  write(out, strings);
  return out.take();
}

std::vector<std::string> unpack_strings(std::string_view bytes) {
  Reader in(bytes);
  return read_strings(in);
}

std::string pack_extra(const Unit& unit) {
  Writer out;
  out.byte(unit.reserved ? 1 : 0);
  out.varint(unit.notes.size());
  for (const UnitNote& note : unit.notes) {
    write_enum(out, note.field);
    out.string(note.text);
  }
  write_problems(out, unit.not_understood);
  return out.take();
}

void unpack_extra(std::string_view bytes, Unit& unit) {
  Reader in(bytes);
  unit.reserved = in.byte() != 0;
  unit.notes.resize(in.count());
  for (UnitNote& note : unit.notes) {
    note.field = read_enum(in, NoteField::pending_link);
    note.text = in.string();
  }
  unit.not_understood = read_problems(in);
}

} // namespace regtrail::store
