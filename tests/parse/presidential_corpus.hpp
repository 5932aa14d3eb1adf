// Executive orders of the corpus: what the service says of them, and what their XML says.
#pragma once

#include "parse/fr_json.hpp"
#include "parse/fr_xml.hpp"
#include "tests/support/files.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

namespace corpus {

/// Number of the order -> its metadata.
inline std::map<std::string, regtrail::Document> orders_of_the_service() {
  std::map<std::string, regtrail::Document> orders;
  for (const auto& entry : std::filesystem::directory_iterator(regtrail::testing::corpus_path() /
                                                               "presidential/eo-api-json")) {
    auto document = regtrail::parse::parse_fr_document(regtrail::testing::read_file(entry.path()),
                                                       entry.path().string());
    if (!document) {
      throw std::runtime_error(document.error().message);
    }
    // 13900 has null for its number.
    if (document->executive_order.empty()) {
      document->executive_order = entry.path().stem().string().substr(3);
    }
    orders.emplace(document->executive_order, *document);
  }
  return orders;
}

/// Number of the order -> what its XML says.
inline std::map<std::string, regtrail::Document> order_texts() {
  std::map<std::string, regtrail::Document> orders;
  const auto add = [&](const std::string& number, const std::filesystem::path& path) {
    auto documents = regtrail::parse::parse_fr_xml(regtrail::testing::read_file(path),
                                                   {path.string(), 0, {}, {}});
    if (!documents) {
      throw std::runtime_error(documents.error().message);
    }
    orders.emplace(number, documents->at(0));
  };
  for (const auto& entry : std::filesystem::directory_iterator(regtrail::testing::corpus_path() /
                                                               "presidential/eo-xml")) {
    add(entry.path().stem().string().substr(3), entry.path());
  }
  for (const std::string name : {"14110-2023-24283", "14148-2025-01901", "14179-2025-02172"}) {
    add(name.substr(0, 5),
        regtrail::testing::corpus_path() / "presidential" / ("us-eo-" + name + ".xml"));
  }
  return orders;
}

} // namespace corpus
