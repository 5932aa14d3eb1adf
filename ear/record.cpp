#include "ear/record.hpp"

#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <string_view>

namespace regtrail::ear {

namespace {

// --- entries of the CCL ---------------------------------------------------------------------

bool is_exception_symbol(std::string_view designator) {
  return designator.size() >= 2 && designator.size() <= 4 &&
         std::all_of(designator.begin(), designator.end(), is_upper);
}

/// "NS, RS, and AT." -> NS, RS, AT
std::vector<std::string> split_reasons(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find_first_of(",;"), text.size());
    std::string_view word = trimmed(text.substr(0, comma), ".");
    if (has_word_at(word, 0, "and")) {
      word = trimmed(word.substr(3));
    }
    if (!word.empty()) {
      out.emplace_back(word);
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

/// What the row applies to: "applies to <subject>", "RS applies <subject>", "NS: <subject>".
std::string_view subject_of(std::string_view control) {
  for (const std::string_view lead : {"applies to", "apply to", "applies", "apply"}) {
    const std::size_t at = find_word(control, lead);
    if (at != std::string_view::npos) {
      return trimmed(control.substr(at + lead.size()));
    }
  }
  const std::size_t colon = control.find(':');
  return colon == std::string_view::npos ? trimmed(control) : trimmed(control.substr(colon + 1));
}

std::optional<std::vector<std::string>> paths_of(const LicenseRow& row, std::string_view control) {
  if (row.extent == LicenseRow::Extent::entire_entry) {
    return std::nullopt;
  }
  if (row.extent == LicenseRow::Extent::paths) {
    return row.paths;
  }
  std::string_view subject = subject_of(control);
  if (has_word_at(subject, 0, "the")) {
    subject = trimmed(subject.substr(3));
  }
  if (has_word_at(subject, 0, "entire entry")) {
    return std::nullopt; // "entire entry, except ...": the control cell says what
  }
  return leading_paths(subject);
}

LicenseRowRecord license_row(const Node& row) {
  LicenseRowRecord out;
  out.control = row.text;
  for (const Node& cell : row.children) {
    if (out.control.empty()) {
      out.control = cell.text;
    } else if (!cell.text.empty()) {
      out.chart += (out.chart.empty() ? "" : " ") + cell.text;
    }
  }
  const LicenseRow read = parse_license_row(out.control, out.chart);
  out.reason = read.reason;
  if (out.reason.empty()) {
    const std::size_t colon = row.designator.find(':');
    out.reason = colon == std::string::npos ? "" : row.designator.substr(0, colon);
  }
  out.paths = paths_of(read, out.control);
  return out;
}

std::string text_below(const Node& node) {
  std::string out = node.text;
  for (const Node& child : node.children) {
    out += (out.empty() ? "" : "\n") + subtree_text(child);
  }
  return out;
}

class EccnReader {
public:
  explicit EccnReader(EccnRecord& out) : m_out(out) {}

  /// In printed order, without recursion.
  void read(const Citation& at, const Node& entry) {
    push_children(at, entry, "");
    while (!m_open.empty()) {
      const Place place = std::move(m_open.back());
      m_open.pop_back();
      read_node(place);
    }
  }

private:
  struct Place {
    Citation at;
    const Node* node = nullptr;
    std::string path; ///< of the item that holds it
    bool in_table = false;
  };

  void push_children(const Citation& at, const Node& parent, const std::string& path) {
    const std::vector<Step> steps = child_steps(parent);
    for (std::size_t i = steps.size(); i-- > 0;) {
      m_open.push_back(
          {at.child(steps[i]), &parent.children[i], path, parent.kind == NodeKind::table});
    }
  }

  void read_node(const Place& place) {
    const Node& node = *place.node;
    switch (node.kind) {
    case NodeKind::heading:
      if (m_out.heading.empty() && node.designator == "heading") {
        m_out.heading = node.text;
      }
      push_children(place.at, node, place.path); // a block's label holds its lines
      return;
    case NodeKind::note:
      m_out.notes.emplace_back(place.at, subtree_text(node));
      return;
    case NodeKind::row:
      // An entry or item may have a table of its own (2E003's coatings); that is no license table.
      if (place.path.empty() && (!place.in_table || is_license_control(node.text))) {
        m_out.license_requirements.push_back(license_row(node));
      }
      return;
    case NodeKind::item: {
      const std::string own =
          place.path.empty() ? node.designator : place.path + "." + node.designator;
      m_out.items.emplace_back(own, node.text);
      push_children(place.at, node, own);
      return;
    }
    default:
      read_labelled(place);
    }
  }

  void read_labelled(const Place& place) {
    const Node& node = *place.node;
    if (node.designator == "Reason for Control") {
      m_out.reasons = split_reasons(node.text);
    } else if (node.designator == "Related Controls") {
      m_out.related_controls = text_below(node);
    } else if (node.designator == "Related Definitions") {
      m_out.related_definitions = text_below(node);
    } else if (place.path.empty() && is_exception_symbol(node.designator)) {
      add_exception(node.designator, text_below(node));
    } else {
      push_children(place.at, node, place.path);
    }
  }

  void add_exception(const std::string& symbol, std::string text) {
    for (auto& [known, value] : m_out.exceptions) {
      if (known == symbol) {
        value += "\n" + text;
        return;
      }
    }
    m_out.exceptions.emplace_back(symbol, std::move(text));
  }

  EccnRecord& m_out;
  std::vector<Place> m_open;
};

// --- entries of lists -----------------------------------------------------------------------

std::vector<std::string> citations_in(std::string_view text) {
  std::vector<std::string> out;
  for (const FrCitation& found : find_fr_citations(text)) {
    out.push_back(to_string(found));
  }
  return out;
}

std::string_view list_name(std::string_view unit) {
  if (unit == entity_list) {
    return "Entity List";
  }
  if (unit == unverified_list) {
    return "Unverified List";
  }
  if (unit == military_end_user_list) {
    return "Military End-User List";
  }
  return {};
}

std::string country_of(const Citation& entry) {
  return entry.steps().size() < 2 ? std::string() : entry.steps().front().name;
}

/// "Wong Yung Fai #2" is the second bearer of the name before the number.
std::string_view without_number(std::string_view designator) {
  const std::size_t mark = designator.rfind(" #");
  return mark != std::string_view::npos && all_digits(designator.substr(mark + 2))
             ? designator.substr(0, mark)
             : designator;
}

void add_columns(EntityRecord& out, const Node& entry) {
  for (const Node& column : entry.children) {
    const std::string head = lowered(column.designator);
    if (head == "license requirement") {
      out.license_requirement = column.text;
      const auto footnotes = parse_license_requirement(column.text).footnotes;
      out.footnotes.assign(footnotes.begin(), footnotes.end());
    } else if (head == "license review policy") {
      out.review_policy = column.text;
    } else if (head == "federal register citation") {
      out.citations = citations_in(column.text);
    }
  }
}

/// "The following addresses apply to the entity and to the two subordinate institutions: ..."
void add_joint_addresses(EntityRecord& out, const Node& entry) {
  for (const Node& child : entry.children) {
    if (child.kind == NodeKind::paragraph) {
      for (std::string& address : parse_addresses(child.text)) {
        out.addresses.push_back(std::move(address));
      }
    }
  }
}

/// The entry or group `parent` as the whole of which others are parts: "The following eight
/// subordinate institutions of X:" is X.
std::string name_of_whole(const Node& parent) {
  if (parent.kind == NodeKind::entry) {
    return std::string(without_number(parent.designator));
  }
  constexpr std::string_view words = " of ";
  const std::size_t at = parent.text.find(words);
  return at == std::string::npos
             ? std::string()
             : std::string(trimmed(std::string_view(parent.text).substr(at + words.size()), ":"));
}

EntityRecord
entity(std::string_view list, const Citation& citation, const Node& entry, const Node* parent) {
  EntityRecord out;
  EntityCell cell = parse_entity_cell(entry.text);
  out.list = list;
  out.country = country_of(citation);
  out.name = entry.designator.empty() ? cell.name : without_number(entry.designator);
  out.aliases = std::move(cell.aliases);
  out.addresses = std::move(cell.addresses);
  out.remark = std::move(cell.remark);
  out.address_only = cell.address_only;
  out.subordinate_to = std::move(cell.subordinate_to);
  add_joint_addresses(out, entry);
  if (parent != nullptr && citation.steps().size() > 2) {
    out.subordinate_to = name_of_whole(*parent);
    add_columns(out, *parent);
    add_joint_addresses(out, *parent);
  }
  add_columns(out, entry);
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";\n"), text.size());
    const auto line = trimmed(text.substr(0, end), ".,");
    if (!line.empty()) {
      out.emplace_back(line);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

VeuRecord validated_end_user(const Citation& citation, const Node& entry) {
  VeuRecord out;
  out.country = country_of(citation);
  out.name = entry.designator.empty() ? entry.text : entry.designator;
  for (const Node& column : entry.children) {
    const std::string head = lowered(column.designator);
    if (head.find("items") != std::string::npos) {
      out.eligible_items = column.text;
      for (const EccnMention& mention : find_eccns(column.text)) {
        out.eccns.push_back(mention.path.empty() ? mention.eccn
                                                 : mention.eccn + "." + mention.path);
      }
    } else if (head.find("destination") != std::string::npos) {
      out.eligible_destinations = lines_of(column.text);
    } else if (head == "federal register citation") {
      out.citations = citations_in(column.text);
    }
  }
  return out;
}

/// "Russia^6", "Iraq^1 ^10"
std::vector<int> footnotes_of(std::string_view text) {
  std::vector<int> out;
  for (std::size_t at = text.find('^'); at != std::string_view::npos; at = text.find('^', at)) {
    ++at;
    while (at < text.size()) {
      const auto number = read_int(text, at);
      if (!number) {
        break;
      }
      out.push_back(*number);
      const std::size_t next = text.find_first_not_of(" ,", at);
      at = next != std::string_view::npos && is_digit(text[next]) ? next : at;
    }
  }
  return out;
}

ChartRecord chart_row(const Node& row) {
  ChartRecord out;
  out.country = row.designator;
  out.footnotes = footnotes_of(row.text);
  for (const Node& cell : row.children) {
    const std::string_view text = trimmed(cell.text);
    if (text == "X" || text == "x") {
      out.marks.push_back(cell.designator);
    } else if (!text.empty()) {
      out.pointer += (out.pointer.empty() ? "" : " ") + std::string(text);
    }
  }
  return out;
}

} // namespace

Record read_record(const Citation& citation, const Node& node, const Node* parent) {
  if (node.kind == NodeKind::entry && citation.kind() == CitationKind::eccn &&
      citation.steps().empty()) {
    EccnRecord out;
    out.eccn = citation.name();
    EccnReader(out).read(citation, node);
    return out;
  }
  if (citation.kind() != CitationKind::appendix || citation.steps().empty()) {
    return {};
  }
  const std::string& unit = citation.name();
  if (node.kind == NodeKind::row && unit == country_chart) {
    return chart_row(node);
  }
  // "[Reserved]" keeps a place in the list and names nobody.
  if (node.kind != NodeKind::entry || lowered(trimmed(node.text, ".")) == "[reserved]") {
    return {};
  }
  if (const auto list = list_name(unit); !list.empty()) {
    return entity(list, citation, node, parent);
  }
  if (unit == validated_end_users) {
    return validated_end_user(citation, node);
  }
  return {};
}

} // namespace regtrail::ear
