#include "parse/fr_xml.hpp"

#include "parse/file_window.hpp"
#include "parse/fr/document_cutter.hpp"
#include "parse/fr/document_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::parse {
namespace {

Result<void> run(ByteWindow& window,
                 const FrOptions& options,
                 const std::function<Result<void>(Document&&)>& on_document) {
  LoadedDocument loaded;
  FrPieceHandler handler;
  handler.load = [&](const FrPiece& piece, std::size_t depth) {
    const auto deepest = static_cast<std::size_t>(std::max(options.limits.max_depth, 1));
    return load_document(
        loaded, piece, deepest - std::min(depth - 1, deepest), options.source_name);
  };
  handler.take = [&](const FrPiece& piece, const FrIssue& issue) {
    return on_document(read_document(loaded, piece, issue));
  };
  return cut_fr(
      window, options.limits, options.source_name, {options.volume, options.published}, handler);
}

/// "2.a.i" lies below "2.a" and "2".
bool lies_below(std::string_view ordinal, std::string_view above) {
  return ordinal.size() > above.size() && ordinal.starts_with(above) &&
         ordinal[above.size()] == '.';
}

} // namespace

Result<std::vector<Document>> parse_fr_xml(std::string_view bytes, const FrOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return fail(
        ErrorKind::too_large,
        fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
  }
  std::vector<Document> documents;
  ByteWindow window(bytes);
  const auto done = run(window, options, [&](Document&& document) -> Result<void> {
    documents.push_back(std::move(document));
    return {};
  });
  if (!done) {
    return tl::unexpected<Error>(done.error());
  }
  return documents;
}

Result<void> stream_fr_file(const std::string& path,
                            const FrOptions& options,
                            const std::function<Result<void>(Document&&)>& on_document) {
  auto file = FileWindow::open(path, options.limits.max_bytes);
  if (!file) {
    return tl::unexpected<Error>(std::move(file.error()));
  }
  auto done = run(file->window(), options, on_document);
  if (auto trouble = file->trouble(); !trouble) {
    return trouble;
  }
  return done;
}

std::vector<const SetOutText*> set_out_for(const Document& document, std::size_t index) {
  const Instruction& wanted = document.instructions.at(index);
  std::vector<const SetOutText*> texts;
  for (std::size_t i = index + 1; i-- > 0 && texts.empty();) {
    const Instruction& instruction = document.instructions[i];
    if (i != index && !lies_below(wanted.ordinal, instruction.ordinal)) {
      continue;
    }
    for (const SetOutText& text : instruction.set_out) {
      texts.push_back(&text);
    }
  }
  return texts;
}

} // namespace regtrail::parse
