// Federal Register XML as a tree.
#pragma once

#include "model/error.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// An issue or a single document. References are decoded, bytes that are not UTF-8 are read as
/// Windows-1252, and white space between two elements is left out but behind E, SU, FTREF and
/// PRTPAGE, where it parts words; there it ends with a form feed.
class FrTree {
public:
  /// HTML pages, a DOCTYPE with an internal subset, text outside of any element and what is not
  /// well-formed are `malformed`. `bytes` must outlive the tree.
  static Result<FrTree> load(std::string_view bytes, const std::string& source_name);

  /// May be changed: sizes and lines stay as long as elements keep their names.
  [[nodiscard]] const pugi::xml_document& document() const { return m_document; }

  /// An error at `node`, with the line.
  [[nodiscard]] tl::unexpected<Error>
  complain(ErrorKind kind, const pugi::xml_node& node, std::string_view what) const;

  /// Bytes from the front of `node` to what follows it in print.
  [[nodiscard]] std::size_t size_of(const pugi::xml_node& node) const;

private:
  FrTree(std::string_view bytes, const std::string& source_name)
      : m_bytes(bytes),
        m_source_name(source_name) {}

  [[nodiscard]] tl::unexpected<Error>
  complain_at(ErrorKind kind, std::ptrdiff_t offset, std::string_view what) const;

  std::string_view m_bytes;
  std::string m_source_name;
  pugi::xml_document m_document;
};

} // namespace regtrail::parse
