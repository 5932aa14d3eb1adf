// Words for the tests of this room: changes as one writes them down, the shipped register.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "diff/typed/typed_diff.hpp"
#include "parse/register_toml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace regtrail::test {

inline Citation cite(const std::string& text) {
  const auto citation = Citation::parse(text);
  INFO(text);
  REQUIRE(citation);
  return *citation;
}

/// A change with its typed meaning; the word script is left to the matcher's own comparison.
inline Change change(ChangeKind kind,
                     const std::string& at,
                     const std::string& before,
                     const std::string& after,
                     NodeKind node_kind = NodeKind::paragraph) {
  Change result;
  result.id = "0123456789abcdef0123456789abcdef";
  result.kind = kind;
  result.node_kind = node_kind;
  result.at = cite(at);
  result.before = before;
  result.after = after;
  diff::type_change(result);
  return result;
}

inline Change revised(const std::string& at,
                      const std::string& before,
                      const std::string& after,
                      NodeKind node_kind = NodeKind::paragraph) {
  return change(ChangeKind::revised, at, before, after, node_kind);
}

inline Change
added(const std::string& at, const std::string& text, NodeKind node_kind = NodeKind::paragraph) {
  return change(ChangeKind::added, at, "", text, node_kind);
}

inline Change
removed(const std::string& at, const std::string& text, NodeKind node_kind = NodeKind::paragraph) {
  return change(ChangeKind::removed, at, text, "", node_kind);
}

inline const Register& shipped_register() {
  static const Register loaded = [] {
    const std::string path = regtrail::testing::source_path("cli/data/categories.toml").string();
    std::ifstream in(path, std::ios::binary);
    const std::string toml{std::istreambuf_iterator<char>(in), {}};
    auto result = parse::parse_register(toml, "categories.toml");
    INFO((result ? std::string() : result.error().message));
    REQUIRE(result);
    return *result;
  }();
  return loaded;
}

inline const diff::Matcher& shipped_matcher() {
  static const diff::Matcher matcher(shipped_register());
  return matcher;
}

} // namespace regtrail::test
