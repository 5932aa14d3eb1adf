// Executive orders of the corpus: what the service says of them, and their paragraphs.
#pragma once

#include "parse/fr_json.hpp"
#include "tests/parse/corpus.hpp"

#include <pugixml.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace corpus {

inline void gather(const pugi::xml_node& node, std::string& text) {
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_pcdata)
      text += child.value();
    else if (std::string(child.name()) != "FTREF")
      gather(child, text);
  }
}

/// The running text of a presidential document, its paragraphs by "\n".
inline std::string presidential_body(const std::string& xml) {
  pugi::xml_document document;
  document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  std::string body;
  auto paragraphs = document.select_nodes("//P | //FP | //HD");
  paragraphs.sort();
  for (const auto& found : paragraphs) {
    std::string paragraph;
    gather(found.node(), paragraph);
    std::string folded;
    for (const char c : paragraph) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank)
        folded += c;
      else if (!folded.empty() && folded.back() != ' ')
        folded += ' ';
    }
    // "Sec. 2 . Revocation .": printed apart where the markup was laid out over lines.
    for (auto at = folded.find(" ."); at != std::string::npos; at = folded.find(" .", at))
      folded.erase(at, 1);
    body += folded + '\n';
  }
  return body;
}

/// Number of the order -> its metadata.
inline std::map<std::string, regtrail::Document> orders_of_the_service() {
  std::map<std::string, regtrail::Document> orders;
  for (const auto& entry :
       std::filesystem::directory_iterator(root() / "presidential/eo-api-json")) {
    auto document = regtrail::parse::parse_fr_document(read(entry.path()), entry.path().string());
    if (!document)
      throw std::runtime_error(document.error().message);
    // 13900 has null for its number.
    if (document->executive_order.empty())
      document->executive_order = entry.path().stem().string().substr(3);
    orders.emplace(document->executive_order, *document);
  }
  return orders;
}

/// Number of the order -> paragraphs of its text.
inline std::map<std::string, std::string> order_texts() {
  std::map<std::string, std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(root() / "presidential/eo-xml"))
    texts.emplace(entry.path().stem().string().substr(3), presidential_body(read(entry.path())));
  for (const auto* name : {"14110-2023-24283", "14148-2025-01901", "14179-2025-02172"})
    texts.emplace(
        std::string(name).substr(0, 5),
        presidential_body(read(root() / "presidential" / ("us-eo-" + std::string(name) + ".xml"))));
  return texts;
}

} // namespace corpus
