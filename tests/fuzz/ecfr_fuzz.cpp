// eCFR XML byte for byte: whole, streamed from a file, and through a window of a few bytes.
#include "parse/ecfr/unit_cutter.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/laws.hpp"
#include "tests/fuzz/memory_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

/// The pieces of a document, or the error, as text.
std::vector<std::string> pieces(parse::ByteWindow window) {
  std::vector<std::string> told;
  parse::PieceHandler handler;
  handler.on_part = [&] { told.emplace_back("part"); };
  handler.on_piece = [&](parse::Piece&& piece) -> Result<void> {
    told.push_back(std::to_string(piece.line) + " " + piece.part + " " + piece.number + " " +
                   std::string(piece.bytes));
    return {};
  };
  std::string root;
  const auto cut = parse::cut_units(window, {}, handler, root);
  told.push_back(cut ? root : cut.error().message);
  return told;
}

/// The bounds of the window may fall anywhere, also into a tag.
void check_window(std::string_view bytes) {
  const auto whole = pieces(parse::ByteWindow(bytes));
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}}) {
    std::size_t read = 0;
    const auto refill = [&](std::string& buffer) {
      const std::size_t count = std::min(step, bytes.size() - read);
      buffer.append(bytes.substr(read, count));
      read += count;
      return count != 0;
    };
    require(pieces(parse::ByteWindow(parse::ByteWindow::Refill(refill))) == whole,
            "a document in small reads is cut like the whole");
  }
}

void check_streamed(std::string_view bytes, const Result<parse::EcfrDocument>& whole) {
  const MemoryFile file(bytes);
  std::size_t count = 0;
  const auto title = parse::stream_ecfr_file(file.path(), {}, [&](Unit&& unit) -> Result<void> {
    check_units({&unit, 1});
    ++count;
    return {};
  });
  require(title.has_value() == whole.has_value(),
          "a streamed file is refused when the whole is",
          title ? whole.error().message : title.error().message);
  if (title) {
    require(*title == whole->title, "a streamed file has the title of the whole", *title);
    require(count >= whole->units.size(), "a streamed file has the units of the whole");
  } else {
    require(title.error().message == whole.error().message,
            "a streamed file is refused for the same reason",
            title.error().message + " / " + whole.error().message);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto document = parse::parse_ecfr(bytes, {});
  if (document) {
    check_units(document->units);
    require(parse::parse_ecfr(bytes, {})->units == document->units,
            "a second parse gives the same");
    check_no_change(document->units);
  }
  check_streamed(bytes, document);
  check_window(bytes);
  return 0;
}
