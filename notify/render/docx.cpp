#include "notify/render/docx.hpp"

#include "notify/render/html_internal.hpp"
#include "notify/render/zip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace regtrail::render {
namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
)";

constexpr std::string_view content_types =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
</Types>
)";

constexpr std::string_view package_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>
)";

constexpr std::string_view document_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
</Relationships>
)";

constexpr std::string_view core_properties =
    R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>
)";

constexpr std::string_view styles =
    R"(<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Yu Gothic" w:cs="Calibri"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="RegulationText"/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="RegulationText"><w:name w:val="Regulation Text"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="284"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Remark"><w:name w:val="Remark"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/></w:rPr></w:style>
</w:styles>
)";

/// escape_html, and no code point that XML forbids.
std::string escaped(std::string_view text) {
  std::string out = escape_html(text);
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = out.find(forbidden); at != std::string::npos; at = out.find(forbidden)) {
      out.replace(at, forbidden.size(), "\xEF\xBF\xBD");
    }
  }
  return out;
}

/// A run; its lines are parted by <w:br/>, its columns by <w:tab/>.
std::string run(std::string_view text, std::string_view element = "t") {
  std::string out = "<w:r>";
  while (true) {
    const std::size_t end = text.find_first_of("\n\t");
    const std::string_view piece = text.substr(0, end);
    if (!piece.empty()) {
      out += fmt::format(R"(<w:{0} xml:space="preserve">{1}</w:{0}>)", element, escaped(piece));
    }
    if (end == std::string_view::npos) {
      return out + "</w:r>";
    }
    out += text[end] == '\n' ? "<w:br/>" : "<w:tab/>";
    text.remove_prefix(end + 1);
  }
}

std::string paragraph(std::string_view style, std::string_view runs) {
  return fmt::format("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{}</w:p>\n", style, runs);
}

class Body {
public:
  Body(const DiffResult& diff, Language language, const std::map<std::string, Date>& published)
      : m_diff(diff),
        m_language(language),
        m_published(published) {}

  std::string print() {
    const bool ja = m_language == Language::ja;
    m_out = paragraph("Title", run(m_diff.after.unit));
    m_out += paragraph("Remark", run(sides()));
    bool any = false;
    for (const Change& change : m_diff.changes) {
      if (change.kind != ChangeKind::cosmetic) {
        add(change);
        any = true;
      }
    }
    if (!any) {
      m_out += paragraph("Normal", run(ja ? "本文の変更はありません。" : "No change of the text."));
    }
    for (const std::string& line : closing_lines(m_diff, m_language)) {
      m_out += paragraph("Remark", run(line));
    }
    return std::move(m_out);
  }

private:
  [[nodiscard]] std::string sides() const {
    const SideInfo& before = m_diff.before;
    const SideInfo& after = m_diff.after;
    std::string text = m_language == Language::ja ? "変更履歴" : "tracked changes";
    if (before.unit != after.unit) {
      text += fmt::format("  {} \u2192 {}", before.unit, after.unit);
    }
    if (before.date || after.date) {
      text += fmt::format(
          "  {} \u2192 {}", date_word(before.date, m_language), date_word(after.date, m_language));
    }
    return text;
  }

  void add(const Change& change) {
    m_out += paragraph("Heading1", run(change.at.to_string()));
    m_out += paragraph("Remark", run(kind_phrase(change, m_diff.after.unit, m_language)));
    std::string runs;
    for (const WordRun& each : runs_of(change)) {
      runs += each.op == WordRun::Op::same      ? run(each.text)
              : each.op == WordRun::Op::removed ? tracked(change, "del", run(each.text, "delText"))
                                                : tracked(change, "ins", run(each.text));
    }
    m_out += paragraph("RegulationText", runs);
    for (const std::string& line : remark_lines(change, m_language)) {
      m_out += paragraph("Remark", run(line));
    }
  }

  std::string tracked(const Change& change, std::string_view element, const std::string& content) {
    std::string author = "eCFR";
    std::optional<Date> day = m_diff.after.date;
    for (const Cause& cause : change.causes) {
      if (answer_of(cause) == CauseAnswer::identified || answer_of(cause) == CauseAnswer::cited) {
        author = cause.citation.empty() ? cause.document : cause.citation;
        const auto known = m_published.find(cause.document);
        day = known == m_published.end() ? std::nullopt : std::optional(known->second);
        break;
      }
    }
    return fmt::format("<w:{0} w:id=\"{1}\" w:author=\"{2}\"{3}>{4}</w:{0}>",
                       element,
                       ++m_last_id,
                       escaped(author),
                       day ? fmt::format(" w:date=\"{}T00:00:00Z\"", day->to_string()) : "",
                       content);
  }

  const DiffResult& m_diff;
  Language m_language;
  const std::map<std::string, Date>& m_published;
  std::string m_out;
  int m_last_id = 0;
};

} // namespace

std::string
diff_docx(const DiffResult& diff, Language language, const std::map<std::string, Date>& published) {
  const std::string document =
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
      "<w:body>\n" +
      Body(diff, language, published).print() +
      "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
      "w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
      "</w:sectPr></w:body></w:document>\n";
  const std::string head(declaration);
  return zip({{"[Content_Types].xml", head + std::string(content_types)},
              {"_rels/.rels", head + std::string(package_relations)},
              {"docProps/core.xml",
               head + fmt::format(fmt::runtime(core_properties), escaped(diff.after.unit))},
              {"word/document.xml", head + document},
              {"word/_rels/document.xml.rels", head + std::string(document_relations)},
              {"word/styles.xml", head + std::string(styles)}});
}

} // namespace regtrail::render
