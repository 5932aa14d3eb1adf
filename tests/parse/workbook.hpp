// Workbooks made on the spot.
#pragma once

#include <fmt/format.h>

#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::test {

/// A ZIP archive of named members.
inline std::string zipped(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<char> buffer(std::size_t{64} << 20U);
  std::size_t used = 0;
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
  archive_write_set_format_zip(writer.get());
  archive_write_open_memory(writer.get(), buffer.data(), buffer.size(), &used);
  for (const auto& [name, content] : members) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_write_header(writer.get(), entry.get());
    archive_write_data(writer.get(), content.data(), content.size());
  }
  archive_write_close(writer.get());
  return {buffer.data(), used};
}

struct Sheet {
  std::string name;
  std::string rows; ///< what stands in <sheetData>
};

/// With the shared strings "Part No.", "品番" (with its reading) and "VX-200" (in two runs), and
/// the styles 1 a date, 2 a percentage, 3 four digits, 4 a date of the user's own.
inline std::string workbook(const std::vector<Sheet>& sheets, std::string_view properties = "") {
  std::string names;
  std::string relations;
  std::vector<std::pair<std::string, std::string>> members;
  for (std::size_t i = 1; i <= sheets.size(); ++i) {
    names +=
        fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", sheets[i - 1].name, i, i);
    relations += fmt::format(R"(<Relationship Id="rId{0}" Target="worksheets/sheet{0}.xml"/>)", i);
    members.emplace_back(
        fmt::format("xl/worksheets/sheet{}.xml", i),
        fmt::format("<worksheet><sheetData>{}</sheetData></worksheet>", sheets[i - 1].rows));
  }
  members.emplace_back(
      "xl/workbook.xml",
      fmt::format("<workbook xmlns:r=\"r\">{}<sheets>{}</sheets></workbook>", properties, names));
  members.emplace_back("xl/_rels/workbook.xml.rels",
                       fmt::format("<Relationships>{}</Relationships>", relations));
  members.emplace_back("xl/sharedStrings.xml",
                       "<sst><si><t>Part No.</t></si>"
                       "<si><t>品番</t><rPh sb=\"0\" eb=\"2\"><t>ヒンバン</t></rPh></si>"
                       "<si><r><rPr><b/></rPr><t>VX</t></r><r><t>-200</t></r></si></sst>");
  members.emplace_back(
      "xl/styles.xml",
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0000\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/>"
      "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
  return zipped(members);
}

} // namespace regtrail::test
