// Words for the store's tests: temporary folders, trees grown from a seed, dates by number.
#pragma once

#include "model/node.hpp"
#include "store/archive.hpp"
#include "tests/support/stored/stored_units.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace regtrail::store::test {

/// Removed with all that is in it.
class TempDir {
public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();

  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return m_path / name; }

  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
  std::filesystem::path m_path;
};

/// The value, or a failed test with the error's message.
template<typename T>
T must(Result<T> result) {
  if (!result) {
    FAIL(result.error().message);
  }
  return *std::move(result);
}

inline void must(const Result<void>& result) {
  if (!result) {
    FAIL(result.error().message);
  }
}

template<typename T>
std::string message_of(const Result<T>& result) {
  return result ? std::string("no error") : result.error().message;
}

Archive in_memory();
Archive open(const std::filesystem::path& file, OpenMode mode = OpenMode::create);

/// The n-th day of 2026, from 0.
Date day(int n);
Timestamp noon(int n);

Node leaf(NodeKind kind, std::string designator, std::string text);
Node branch(NodeKind kind, std::string designator, std::string text, std::vector<Node> children);

/// Numbers the nodes in tree order and makes their hashes.
Node finished(Node root);

Unit unit(const Citation& id, Node root);

/// "15 CFR 744.<number>" with one paragraph that says `text`.
Unit section(int number, const std::string& text);

/// Kinds, names, labels, texts and ordinals at random; names repeat and some are empty.
Node random_tree(std::mt19937& random, int nodes);

/// A supplement with one table of `rows` rows as the Entity List has them, about 600 bytes each.
Unit long_list(int rows, unsigned seed);

/// Other text in one cell of row `row`.
void change_row(Unit& list, std::size_t row, const std::string& text);

std::uintmax_t bytes_used(const std::filesystem::path& file);

} // namespace regtrail::store::test
