#include "tests/federal_register/amdpars.hpp"

#include "tests/support/files.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace {

void append_text(const pugi::xml_node& node, std::string& out) {
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      out += child.value();
    } else if (std::string_view(child.name()) != "PRTPAGE") {
      append_text(child, out);
    }
  }
}

std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') {
    out.pop_back();
  }
  return out;
}

std::string text_of(const pugi::xml_node& node) {
  std::string out;
  append_text(node, out);
  return folded(out);
}

/// "14" of "14 CFR Part 39".
std::string title_of(const std::string& cfr) {
  const std::size_t end = cfr.find(" CFR");
  std::size_t begin = end == std::string::npos ? 0 : end;
  while (begin > 0 && std::isdigit(static_cast<unsigned char>(cfr[begin - 1])) != 0) {
    --begin;
  }
  return end == std::string::npos ? "" : cfr.substr(begin, end - begin);
}

class Collector : public pugi::xml_tree_walker {
public:
  explicit Collector(std::string file) : m_file(std::move(file)) {}

  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = node.name();
    if (name == "RULE" || name == "PRORULE") {
      ++m_documents;
      m_new_document = true;
      m_title = title_of(text_of(node.child("PREAMB").child("CFR")));
    } else if (name == "REGTEXT") {
      m_new_block = true;
    } else if (name == "AMDPAR") {
      add(node);
    } else if (name == "SECTNO" && !amdpars.empty()) {
      amdpars.back().following.push_back(text_of(node));
    }
    return true;
  }

  std::vector<Amdpar> amdpars;

private:
  void add(const pugi::xml_node& node) {
    Amdpar amdpar;
    amdpar.document = m_file + (m_documents > 1 ? "#" + std::to_string(m_documents) : "");
    amdpar.text = text_of(node);
    amdpar.title = m_title;
    for (auto up = node.parent(); up; up = up.parent()) {
      if (std::string_view(up.name()) == "REGTEXT" && up.attribute("TITLE")) {
        amdpar.title = up.attribute("TITLE").value();
        amdpar.part = up.attribute("PART").value();
      }
    }
    if (amdpar.part.empty() && !amdpars.empty() && !m_new_document) {
      amdpar.part = amdpars.back().part;
    }
    amdpar.new_document = std::exchange(m_new_document, false);
    amdpar.new_block = std::exchange(m_new_block, false) || amdpar.new_document;
    amdpars.push_back(std::move(amdpar));
  }

  std::string m_file;
  std::string m_title;
  int m_documents = 0;
  bool m_new_document = true;
  bool m_new_block = true;
};

} // namespace

std::vector<Amdpar> amdpars_of(const std::string& path) {
  pugi::xml_document document;
  const auto loaded = document.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!loaded) {
    throw std::runtime_error(path + ": " + loaded.description());
  }
  Collector collector(std::filesystem::path(path).filename().string());
  document.traverse(collector);
  return std::move(collector.amdpars);
}

std::vector<regtrail::Instruction> read_all(const std::vector<Amdpar>& amdpars) {
  std::vector<regtrail::Instruction> instructions;
  regtrail::federal_register::InstructionContext context;
  for (const auto& amdpar : amdpars) {
    if (amdpar.new_document) {
      context = {};
    }
    if (amdpar.new_block) {
      context.title = amdpar.title.empty() ? context.title : amdpar.title;
      context.part = amdpar.part.empty() ? context.part : amdpar.part;
    }
    instructions.push_back(
        regtrail::federal_register::read_instruction(amdpar.text, context, amdpar.following));
  }
  return instructions;
}

namespace {

std::string shown(const regtrail::Operation& operation) {
  std::string out(regtrail::to_string(operation.verb));
  for (const auto& target : operation.targets) {
    out += " [" + target.at.to_string() + "]";
    out += target.extent == regtrail::TargetExtent::introductory_text ? "+intro"
           : target.extent == regtrail::TargetExtent::own_text        ? "+own"
                                                                      : "";
  }
  for (const auto& to : operation.to) {
    out += " -> [" + to.to_string() + "]";
  }
  if (!operation.old_words.empty() || !operation.new_words.empty()) {
    out += " {" + operation.old_words + "|" + operation.new_words + "}";
  }
  return out + (operation.note.empty() ? "" : " (" + operation.note + ")");
}

} // namespace

std::string compact(const regtrail::Instruction& instruction) {
  std::string out = instruction.understood ? "" : "? " + instruction.reason;
  for (const auto& operation : instruction.operations) {
    out += (out.empty() ? "" : "; ") + shown(operation);
  }
  return out;
}

std::string shown(const regtrail::Instruction& instruction) {
  std::string out = "  " + instruction.ordinal;
  if (instruction.effective) {
    out += " effective " + instruction.effective->to_string();
  }
  if (instruction.until) {
    out += " until " + instruction.until->to_string();
  }
  out += instruction.indefinite ? " indefinitely" : "";
  out += instruction.understood ? "\n" : " NOT UNDERSTOOD: " + instruction.reason + "\n";
  for (const auto& operation : instruction.operations) {
    out += "    " + shown(operation) + "\n";
  }
  return out;
}

std::string corpus_root() {
  return regtrail::testing::corpus_path().string();
}

std::vector<std::string> register_files(const std::string& folder) {
  std::vector<std::string> files;
  const std::filesystem::path root = std::filesystem::path(corpus_root()) / "fr" / folder;
  if (std::filesystem::exists(root)) {
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
      if (entry.path().extension() == ".xml") {
        files.push_back(entry.path().string());
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}
