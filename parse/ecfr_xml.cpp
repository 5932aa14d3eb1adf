#include "parse/ecfr_xml.hpp"

#include "parse/ecfr/title.hpp"
#include "parse/ecfr/tree_builder.hpp"
#include "parse/ecfr/unit_builder.hpp"
#include "parse/ecfr/unit_cutter.hpp"
#include "parse/ecfr/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <set>

namespace regtrail::parse {
namespace {

constexpr std::size_t read_size = std::size_t{1} << 20U;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string scope_of(const std::string& root, const EcfrDocument& document) {
  if (document.units.empty()) {
    return {};
  }
  const Citation& first = document.units.front().id;
  if (root == "DIV8" || root == "DIV9") {
    return first.to_string();
  }
  if (root == "DIV5") {
    return first.to_string();
  }
  if (root == "DIV6" || root == "DIV7") {
    return Citation::part(document.title, first.part_number()).to_string();
  }
  return fmt::format("Title {}", document.title.empty() ? "?" : document.title);
}

std::string title_of(std::string_view bytes, const EcfrOptions& options) {
  if (!options.title.empty()) {
    return options.title;
  }
  std::string stated = stated_title(bytes);
  return stated.empty() ? infer_title(bytes, part_of_first_unit(bytes)) : stated;
}

/// Two pieces of one part's frame as one: a part may span two volumes or be opened twice by
/// mistake.
void join_frames(Unit& first, Unit&& second) {
  for (Node& child : second.root.children) {
    const auto same = [&](const Node& other) {
      return other.normalised == child.normalised && other.designator == child.designator;
    };
    if (std::none_of(first.root.children.begin(), first.root.children.end(), same)) {
      child.ordinal = static_cast<std::uint32_t>(first.root.children.size() + 2);
      first.root.children.push_back(std::move(child));
    }
  }
  rehash_shallow(first.root);
  for (UnitNote& note : second.notes) {
    if (std::find(first.notes.begin(), first.notes.end(), note) == first.notes.end()) {
      first.notes.push_back(std::move(note));
    }
  }
}

/// One unit for each id: a section left behind as "[Reserved]" beside its new text gives way, the
/// pieces of a frame are joined, the same text twice is kept once. Anything else that is printed
/// twice stays. All of it is listed.
void settle_repeated_units(std::vector<Unit>& units) {
  std::map<std::pair<CitationKind, std::string>, std::size_t> seen; // all are of one title
  std::set<std::pair<Citation, Hash128>> kept; // of what was printed more than once
  std::vector<Unit> settled;
  settled.reserve(units.size());
  for (Unit& unit : units) {
    const auto [known, added] = seen.try_emplace({unit.id.kind(), unit.id.name()}, settled.size());
    if (added) {
      settled.push_back(std::move(unit));
      continue;
    }
    Unit& first = settled[known->second];
    if (unit.id.kind() == CitationKind::part) {
      join_frames(first, std::move(unit));
      continue;
    }
    if (first.reserved && !unit.reserved) {
      std::swap(first, unit);
    }
    first.not_understood.push_back({first.id,
                                    "printed twice in one document",
                                    std::string(cut_text(subtree_text(unit.root), 80))});
    kept.insert({first.id, first.root.published});
    if (!unit.reserved && kept.insert({unit.id, unit.root.published}).second) {
      settled.push_back(std::move(unit));
    }
  }
  units = std::move(settled);
}

} // namespace

Result<EcfrDocument> parse_ecfr(std::string_view bytes, const EcfrOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return fail(
        ErrorKind::too_large,
        fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
  }
  EcfrDocument document;
  document.title = title_of(bytes, options);
  const bool hashed = options.digests == UnitDigests::computed;
  UnitBuilder builder(bytes.size(),
                      options.readers,
                      [&](const Piece& piece, const std::string& title, Crew& crew, Sha256& raw) {
                        return read_unit(
                            piece, title, options.source_name, crew, hashed ? &raw : nullptr);
                      });
  PieceHandler handler;
  handler.on_part = [&] { builder.reserve_frame(); };
  handler.on_piece = [&](Piece&& piece) -> Result<void> {
    builder.add(std::move(piece), document.title);
    return {};
  };
  ByteWindow window(bytes);
  std::string root;
  auto cut = cut_units(window, options, handler, root);
  auto units = builder.finish();
  if (!units) {
    return tl::unexpected<Error>(std::move(units.error())); // stands before what stopped the cutter
  }
  if (!cut) {
    return tl::unexpected<Error>(std::move(cut.error()));
  }
  document.units = std::move(*units);
  settle_repeated_units(document.units);
  document.scope = scope_of(root, document);
  return document;
}

Result<std::string> stream_ecfr_file(const std::string& path,
                                     const EcfrOptions& options,
                                     const std::function<Result<void>(Unit&&)>& on_unit) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    return fail(ErrorKind::not_found,
                fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
  }
  std::size_t total = 0;
  bool too_large = false;
  bool read_error = false;
  const auto refill = [&](std::string& buffer) {
    const std::size_t before = buffer.size();
    buffer.resize(before + read_size);
    const std::size_t count = std::fread(buffer.data() + before, 1, read_size, file.get());
    buffer.resize(before + count);
    total += count;
    read_error = std::ferror(file.get()) != 0;
    too_large = total > options.limits.max_bytes;
    return count != 0 && !too_large;
  };
  ByteWindow window{ByteWindow::Refill(refill)};
  static_cast<void>(window.more(0));
  const std::string title = title_of(window.from(0), options);
  PieceHandler handler;
  handler.on_part = [] {};
  handler.on_piece = [&](Piece&& piece) -> Result<void> {
    auto unit = build_unit(piece, title, options.source_name);
    if (!unit) {
      return tl::unexpected<Error>(std::move(unit.error()));
    }
    return on_unit(std::move(*unit));
  };
  std::string root;
  auto cut = cut_units(window, options, handler, root);
  if (too_large) {
    return fail(
        ErrorKind::too_large,
        fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
  }
  if (read_error) {
    return fail(ErrorKind::not_found, fmt::format("cannot read '{}'", path));
  }
  if (!cut) {
    return tl::unexpected<Error>(std::move(cut.error()));
  }
  return title;
}

} // namespace regtrail::parse
