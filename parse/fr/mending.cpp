#include "parse/fr/mending.hpp"

#include "model/characters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";

/// Of editors and other readers; they are no text.
constexpr std::array<std::string_view, 2> residue = {"EREGS_INSTRUCTIONS", "EDITOR"};

/// Left behind by a checking tool: ' TAG FOUND; PLEASE REVIEW ALL <E>TAGGING IN PREVIOUS ...
constexpr std::string_view tool_words = "TAG FOUND; PLEASE REVIEW ALL";
constexpr std::string_view tool_words_after = "TAGGING IN PREVIOUS PARAGRAPH";

bool is_word(char c) {
  return is_alpha(c) || (c >= '0' && c <= '9');
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata;
}

std::string_view text_of(const pugi::xml_node& node) {
  return is_text(node) ? std::string_view(node.value()) : std::string_view();
}

/// The same where its length does not matter: paragraphs are long.
const char* letters_of(const pugi::xml_node& node) {
  return is_text(node) ? node.value() : "";
}

/// The letters in front of `text`.
std::string_view first_word(const char* text) {
  const char* end = text;
  while (is_alpha(*end)) {
    ++end;
  }
  return {text, static_cast<std::size_t>(end - text)};
}

class Mender {
public:
  Mender(const pugi::xml_node& root, int page) : m_root(root), m_page(page) {
    m_pages.first = page;
  }

  FrPages run() {
    for (pugi::xml_node node = m_root.first_child(); node; node = visit(node)) {
    }
    m_pages.last = m_page;
    return std::move(m_pages);
  }

private:
  /// Looks at `node` and returns the one to go on with; none at the end.
  pugi::xml_node visit(pugi::xml_node node) {
    // most nodes need nothing, and there are many: the first letter settles it
    const char* const name = node.name();
    if (name[0] == '\0') {
      text(node);
      return behind(node);
    }
    if (name[0] == 'E' && name[1] == '\0') {
      if (std::strncmp(letters_of(node.first_child()),
                       tool_words_after.data(),
                       tool_words_after.size()) == 0) {
        return tool_words_at(node);
      }
      emphasis(node);
    } else if (name[0] == 'E' || name[0] == 'P' || name[0] == 'A' || name[0] == 'S') {
      if (auto next = other_element(node, name)) {
        return *next;
      }
    }
    if (const pugi::xml_node child = node.first_child()) {
      ++m_depth;
      m_pages.depth = std::max(m_pages.depth, m_depth);
      return child;
    }
    return behind(node);
  }

  /// The node to go on with where that is none of its children.
  std::optional<pugi::xml_node> other_element(pugi::xml_node& node, std::string_view name) {
    if (name == "PRTPAGE") {
      page_break(node);
      return behind(node);
    }
    if (name == "AMDPAR") {
      m_pages.instructions.emplace(node.hash_value(), m_page);
    } else if (name == "STARS") {
      node.set_name("P");
      node.append_child(pugi::node_pcdata).set_value("* * * * *");
      return behind(node);
    } else if (std::find(residue.begin(), residue.end(), name) != residue.end()) {
      const pugi::xml_node next = behind(node);
      node.parent().remove_child(node);
      return next;
    }
    return std::nullopt;
  }

  /// The node that follows `node` and all that is in it.
  [[nodiscard]] pugi::xml_node behind(pugi::xml_node node) {
    while (true) {
      const pugi::xml_node next = node.next_sibling();
      if (next || m_depth == top_depth) {
        return next;
      }
      node = node.parent();
      --m_depth;
    }
  }

  void text(const pugi::xml_node& node) {
    if (!m_text_seen &&
        std::string_view(node.value()).find_first_not_of(blanks) != std::string_view::npos) {
      const std::string_view parent = node.parent().name();
      m_text_seen = parent != "TITLE3" && parent != "PRES";
    }
  }

  /// Takes the words of a checking tool away, of which the second half is emphasised; the node to
  /// go on with.
  pugi::xml_node tool_words_at(pugi::xml_node& node) {
    pugi::xml_node before = node.previous_sibling();
    const pugi::xml_node next = behind(node);
    const std::string_view value = text_of(before);
    if (const std::size_t at = value.find(tool_words); at != std::string_view::npos) {
      std::string kept(value.substr(0, at));
      while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\'')) {
        kept.pop_back();
      }
      before.set_value(kept.c_str());
    }
    node.parent().remove_child(node);
    return next;
  }

  /// "(a)<E T="03">Scope.</E>This part" has lost the blanks on both sides of the emphasis. Raised
  /// and lowered characters and single letters of formulas touch their neighbours by right.
  static void emphasis(pugi::xml_node& node) {
    const char* const code = node.attribute("T").value();
    if (std::strcmp(code, "51") == 0 || std::strcmp(code, "52") == 0) {
      return;
    }
    if (const char* const first = letters_of(node.first_child());
        is_word(first[0]) && first[1] != '\0' && ends_word(text_of(node.previous_sibling()))) {
      node.parent().insert_child_before(pugi::node_pcdata, node).set_value(" ");
    }
    const std::string_view last = text_of(node.last_child());
    if (last.size() > 1 && last.back() != ')' && ends_word(last) &&
        begins_word(letters_of(node.next_sibling()))) {
      node.parent().insert_child_after(pugi::node_pcdata, node).set_value(" ");
    }
  }

  static bool ends_word(std::string_view text) {
    const char last = text.empty() ? '\0' : text.back();
    return is_word(last) || last == ',' || last == ';' || last == ':' || last == '.' ||
           last == ')' || text.ends_with("\xE2\x80\x9D");
  }

  /// Not so for the "s" of a plural and other endings.
  static bool begins_word(const char* text) {
    if (*text == '(' || *text == '*') {
      return true;
    }
    const std::string_view word = first_word(text);
    return is_word(*text) && word != "s" && word != "es" && word != "ed" && word != "d";
  }

  void page_break(pugi::xml_node& node) {
    const std::string_view number = node.attribute("P").value();
    const std::size_t digit = number.find_first_of("0123456789");
    int page = 0;
    if (digit != std::string_view::npos) {
      std::from_chars(number.data() + digit, number.data() + number.size(), page);
    }
    if (page > 0 && (!m_seen_page || page >= m_page)) { // "47" has been published for 46693
      if (!m_seen_page) {
        // what is printed before the first page break stands on the page before it
        m_pages.first = m_text_seen ? page - 1 : page;
        m_seen_page = true;
        settle_first_page();
      }
      m_page = page;
    }
    pugi::xml_node before = node.previous_sibling();
    pugi::xml_node after = node.next_sibling();
    const std::string_view left = text_of(before);
    const std::string_view right = text_of(after);
    if (left.empty() || right.empty()) {
      return;
    }
    const std::size_t end = left.find_last_not_of(blanks) + 1;
    const std::size_t begin = right.find_first_not_of(blanks);
    if (end == 0 || begin == std::string_view::npos) {
      return;
    }
    if (parts_word(left.substr(0, end), right.data() + begin)) {
      join(before, end, after, begin);
    } else if (end == left.size() && begin == 0 && is_word(right.front()) && ends_word(left)) {
      node.parent().insert_child_before(pugi::node_pcdata, node).set_value(" ");
    }
  }

  /// Instructions before the first page break stand on the page before it.
  void settle_first_page() {
    for (auto& [node, page] : m_pages.instructions) {
      page = m_pages.first;
    }
  }

  /// "ability-" and "to-repay"; not the "pre-" of "pre- and post-".
  static bool parts_word(std::string_view left, const char* right) {
    if (left.size() < 2 || left.back() != '-' || !is_alpha(left[left.size() - 2])) {
      return false;
    }
    const std::string_view word = first_word(right);
    const bool joint = word == "and" || word == "or" || (word == "to" && right[2] != '-');
    return !word.empty() && word.front() >= 'a' && !joint;
  }

  static void
  join(pugi::xml_node& before, std::size_t end, pugi::xml_node& after, std::size_t begin) {
    const std::string left(before.value(), end);
    const std::string right(after.value() + begin);
    before.set_value(left.c_str());
    after.set_value(right.c_str());
  }

  static constexpr std::size_t top_depth = 2; ///< below the document's element

  pugi::xml_node m_root;
  int m_page;
  std::size_t m_depth = top_depth; ///< of the node looked at
  bool m_text_seen = false;
  bool m_seen_page = false;
  FrPages m_pages;
};

} // namespace

int FrPages::of(const pugi::xml_node& instruction) const {
  const auto found = instructions.find(instruction.hash_value());
  return found == instructions.end() ? 0 : found->second;
}

FrPages mend(const pugi::xml_node& document, int page) {
  return Mender(document, page).run();
}

bool is_asterisks(std::string_view text) {
  return text.find('*') != std::string_view::npos &&
         text.find_first_not_of("* \t\r\n") == std::string_view::npos;
}

} // namespace regtrail::parse
