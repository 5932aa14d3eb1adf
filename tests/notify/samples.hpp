// Small values that the tests of notify share. The law in them is invented.
#pragma once

#include "model/change.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"
#include "model/version.hpp"
#include "notify/render/json.hpp"

#include <string>
#include <vector>

namespace regtrail::test {

inline Citation cite(const std::string& text) {
  return Citation::parse(text).value();
}

inline std::vector<WordRun> script(const std::vector<std::pair<char, std::string>>& runs) {
  std::vector<WordRun> out;
  for (const auto& [op, text] : runs) {
    out.push_back({static_cast<WordRun::Op>(op), text});
  }
  return out;
}

/// A change whose before and after follow from its words.
inline Change change_of(ChangeKind kind,
                        const std::string& at,
                        const std::vector<std::pair<char, std::string>>& runs) {
  Change out;
  out.id = "0123456789abcdef0123456789abcdef";
  out.kind = kind;
  out.at = cite(at);
  out.words = script(runs);
  for (const WordRun& run : out.words) {
    out.before += run.op == WordRun::Op::added ? "" : run.text;
    out.after += run.op == WordRun::Op::removed ? "" : run.text;
  }
  if (kind == ChangeKind::added || kind == ChangeKind::removed) {
    out.words.clear();
  }
  return out;
}

inline Change threshold_change() {
  Change out = change_of(ChangeKind::revised,
                         "15 CFR 744.23(a)(2)(iii)",
                         {{'=', "(iii) Logic circuits of a node of "},
                          {'-', "16"},
                          {'+', "18"},
                          {'=', " nanometers or less;"}});
  out.typed.push_back({TypedChangeType::threshold,
                       "node",
                       "<= 16 nm",
                       "<= 18 nm",
                       Direction::tightened,
                       "a higher upper bound catches more items"});
  out.causes.push_back(
      {"2026-16628", "91 FR 52501", 0.93, {CauseEvidence::cita, CauseEvidence::page_range}});
  return out;
}

inline SideInfo side(const std::string& unit, const std::string& date, std::uint8_t fill) {
  SideInfo out{unit, Date::parse(date).value(), {}};
  out.sha256.bytes.fill(fill);
  return out;
}

inline DiffResult section_diff() {
  DiffResult out;
  out.before = side("15 CFR 744.23", "2026-06-02", 0x11);
  out.after = side("15 CFR 744.23", "2026-08-13", 0x22);
  out.changes.push_back(threshold_change());
  Change added =
      change_of(ChangeKind::added,
                "15 CFR 744.23(a)(5)",
                {{'+', "(5) Items for the testing of packages:\n(i) Probes;\n(ii) Sockets."}});
  added.causes = out.changes[0].causes;
  out.changes.push_back(added);
  Change shifted =
      change_of(ChangeKind::redesignated, "15 CFR 744.23(a)(6)", {{'=', "Any other item."}});
  shifted.was = cite("15 CFR 744.23(a)(5)");
  shifted.causes = out.changes[0].causes;
  out.changes.push_back(shifted);
  out.changes.push_back(
      change_of(ChangeKind::cosmetic,
                "15 CFR 744.23(b)",
                {{'=', "See "}, {'-', "\xC2\xA7 "}, {'+', "\xC2\xA7"}, {'=', "744.11."}}));
  out.notes.push_back({cite("15 CFR 744.23"),
                       NoteField::cita,
                       "[88 FR 1, Oct. 5, 2023]",
                       "[88 FR 1, Oct. 5, 2023, as amended at 91 FR 52501, Aug. 13, 2026]"});
  out.status.push_back(
      {cite("15 CFR 744.21"), StatusEventKind::stayed, Date(2025, 11, 10), Date(2026, 11, 9)});
  return out;
}

inline Node node(NodeKind kind,
                 const std::string& designator,
                 const std::string& label,
                 const std::string& text,
                 std::vector<Node> children = {}) {
  Node out;
  out.kind = kind;
  out.designator = designator;
  out.label = label;
  out.text = text;
  out.children = std::move(children);
  return out;
}

/// ECCN 3B001 in the tree that the parser makes of a CCL entry.
inline Node eccn_entry() {
  const auto row =
      [](const std::string& key, const std::string& control, const std::string& chart) {
        return node(
            NodeKind::row, key, "", control, {node(NodeKind::cell, "Country Chart", "", chart)});
      };
  return node(
      NodeKind::entry,
      "3B001",
      "",
      "",
      {node(NodeKind::heading,
            "heading",
            "3B001",
            "Machines for making wafers, as follows (see List of Items Controlled)."),
       node(NodeKind::paragraph, "Reason for Control", "Reason for Control:", "NS, RS, AT"),
       node(NodeKind::heading,
            "License Requirements",
            "",
            "License Requirements",
            {node(NodeKind::heading, "Columns", "", "Control(s) | Country Chart"),
             row("NS: a.1 to a.3, c", "NS applies to 3B001.a.1 to a.3, c", "NS Column 2."),
             row("AT: entire entry", "AT applies to entire entry", "AT Column 1.")}),
       node(NodeKind::paragraph, "LVS", "LVS:", "$500, except 3B001.c"),
       node(NodeKind::paragraph, "GBS", "GBS:", "Yes, except a.3"),
       node(NodeKind::paragraph, "Related Controls", "Related Controls:", "See also 3B903."),
       node(NodeKind::paragraph, "Related Definitions", "Related Definitions:", "N/A"),
       node(NodeKind::item,
            "a",
            "a.",
            "Growth machines, as follows:",
            {node(NodeKind::item, "1", "a.1.", "Thickness within 2.5%;"),
             node(NodeKind::note, "Note 1", "Note 1:", "a.1 includes layers.")}),
       node(NodeKind::item, "c", "c.", "Etch machines.")});
}

inline Node entity_entry() {
  return node(NodeKind::entry,
              "Example Co., Ltd.",
              "",
              "Example Co., Ltd., a.k.a., the following two aliases:\n\xE2\x80\x94"
              "Ex Works; and\n"
              "\xE2\x80\x94"
              "Example Group.\n1 High Street, Testville, China; and 2 Low Road, Testville, China.",
              {node(NodeKind::cell,
                    "License requirement",
                    "",
                    "For all items subject to the EAR. (See \xC2\xA7 744.11 of the EAR) ^4"),
               node(NodeKind::cell, "License review policy", "", "Presumption of denial"),
               node(NodeKind::cell,
                    "Federal Register citation",
                    "",
                    "89 FR 96837, 12/5/24. 90 FR 100, 1/2/25.")});
}

} // namespace regtrail::test
