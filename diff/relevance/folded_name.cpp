#include "diff/relevance/folded_name_internal.hpp"
#include "diff/relevance/party_names.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unordered_map>
#include <unordered_set>

namespace regtrail::diff {

namespace {

const icu::Normalizer2& decomposition() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0 || normalizer == nullptr) {
    throw std::logic_error("ICU has no NFKD data");
  }
  return *normalizer;
}

bool is_cjk(UChar32 c) {
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || c == 0x3005 ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

bool is_kana_mark(UChar32 c) {
  return c == 0x3099 || c == 0x309a;
}

/// Lower case, compatibility forms and accents gone, "&" written out.
std::string fold_character(UChar32 c) {
  std::string out;
  const auto append = [&out](UChar32 each) {
    each = u_tolower(each);
    if (u_isalnum(each) || is_cjk(each) || is_kana_mark(each)) {
      icu::UnicodeString(each).toUTF8String(out);
    }
  };
  if (c < 0x80) {
    append(c);
    return out;
  }
  icu::UnicodeString parts;
  if (!decomposition().getDecomposition(c, parts)) {
    append(c);
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto all = decomposition().normalize(icu::UnicodeString(c), status);
  for (int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 each = all.char32At(i);
    if (u_charType(each) != U_NON_SPACING_MARK || is_kana_mark(each)) {
      append(each);
    }
  }
  return out;
}

/// The usual word and its abbreviations and plurals.
constexpr std::string_view spellings =
    "technology|tech|technol|technologies|techn;equipment|equip|eqpt|equipments;"
    "industry|ind|inds|industries|industrial|indl;electronic|electronics|elec|electr|elect;"
    "information|info|inform;international|intl|internatl;import|imp|imports;export|exp|exports;"
    "manufacturing|mfg|manuf|manufacture|manufacturer|manufacturers|mfr;"
    "development|dev|devel|develop|dvlpt;science|sci|sciences;institute|inst|institutes;"
    "research|res|rsch;university|univ;group|grp|groups;system|sys|systems|syst;"
    "semiconductor|semi|semicon|semiconductors|semicond;engineering|eng|engr|engrg|engg;"
    "trading|trdg|trd;center|centre|ctr|cntr|centers;laboratory|lab|labs|laboratories;"
    "communication|comm|comms|communications|commun;machinery|mach;precision|prec;"
    "instrument|instr|instruments|instrum;service|svc|svcs|services|serv;holding|holdings|hldg|"
    "hldgs;enterprise|enterprises|entpr;national|natl;association|assoc|assn|associates;"
    "product|prod|products|prods;solution|solutions|soln;material|materials|matl|mat;"
    "chemical|chem|chemicals;mechanical|mech;optical|opt;telecommunication|telecom|telecoms|"
    "telecommunications;automation|autom;environmental|environ;department|dept;power|pwr;"
    "and|n;brothers|bros;general|genl;device|devices;component|components;supply|supplies;"
    "optoelectronic|optoelectronics;network|networks|networking;software|sw;microelectronic|"
    "microelectronics;transport|transp;"
    "construction|constr|const;investment|investments|invest;management|mgmt|mgt;"
    "shipping|shpg;logistics|logistic;marketing|mktg;factory|fty;academy|acad;computer|computers;"
    "aviation|avn;energy|energies;design|designs;circuit|circuits;number|no";

/// Trades, and the countries and cities that stand in the names of many listed firms.
constexpr std::string_view trade_words =
    "and|the|of|for|in|de|du|la|el|al|technology|equipment|industry|electronic|information|"
    "international|import|export|manufacturing|development|science|institute|research|university|"
    "group|system|semiconductor|engineering|trading|trade|center|laboratory|communication|"
    "machinery|"
    "precision|instrument|service|holding|enterprise|national|association|product|solution|"
    "material|"
    "chemical|mechanical|optical|telecommunication|automation|environmental|department|power|"
    "general|"
    "device|component|supply|network|software|hardware|microelectronic|transport|construction|"
    "investment|management|shipping|logistics|marketing|factory|academy|computer|computing|"
    "aviation|"
    "energy|design|circuit|number|global|world|united|new|first|advanced|digital|data|cloud|smart|"
    "intelligent|intelligence|control|business|commercial|commerce|sales|express|cargo|freight|"
    "forwarding|forwarders|auto|automotive|motor|motors|aero|aerospace|space|air|airlines|marine|"
    "ship|steel|metal|metals|oil|gas|petroleum|plastic|plastics|rubber|textile|food|medical|health|"
    "pharmaceutical|bio|biotechnology|security|defense|military|academy|school|college|bank|"
    "finance|capital|consulting|consultancy|company|corporation|integrated|optoelectronic|"
    "photonics|laser|sensor|sensors|battery|solar|nuclear|vacuum|valve|parts|"
    "spare|tools|supercomputing|scientific|shipbuilding|aircraft|technical|navigation|measurement|"
    "machine|machines|works|plant|bureau|office|branch|state|key|joint|high|hi|star|"
    "asia|asian|pacific|east|west|north|south|eastern|western|northern|southern|central|far|"
    "middle|gulf|china|chinese|japan|japanese|korea|taiwan|hong|kong|hongkong|hk|russia|russian|"
    "iran|india|pakistan|turkey|turkiye|uae|singapore|malaysia|vietnam|germany|usa|us|america|"
    "american|europe|euro|european|beijing|shanghai|shenzhen|guangzhou|guangdong|nanjing|wuhan|"
    "hangzhou|suzhou|tianjin|chongqing|chengdu|xian|xi|an|sichuan|jiangsu|zhejiang|shandong|hubei|"
    "hunan|anhui|fujian|hebei|henan|dalian|qingdao|jinan|hefei|changsha|wuxi|ningbo|xiamen|"
    "dongguan|"
    "zhuhai|harbin|shenyang|kunshan|xinjiang|yunnan|hainan|moscow|petersburg|st|saint|tehran|"
    "dubai|istanbul|karachi|lahore|islamabad|taipei|tokyo|osaka|kyoto|seoul";

constexpr std::string_view long_forms =
    "kabushiki kaisha;kabushiki gaisha;yugen kaisha;godo kaisha;limited liability company;"
    "limited liability partnership;joint stock company;public joint stock company;"
    "open joint stock company;closed joint stock company;sdn bhd;private limited;pvt ltd;pte ltd;"
    "obshchestvo s ogranichennoy otvetstvennostyu;sociedad anonima;societe anonyme;"
    "gesellschaft mit beschrankter haftung;limited company;limited partnership;fz llc;co ltd";
constexpr std::string_view short_forms =
    "co|company|ltd|limited|inc|incorporated|corp|corporation|llc|llp|plc|gmbh|mbh|ag|kg|kk|pte|"
    "pvt|sarl|srl|spa|bv|nv|oy|oyj|ab|aps|jsc|ojsc|pjsc|cjsc|zao|ooo|oao|pao|fze|fzco|fzc|dmcc|sdn|"
    "bhd|coltd|pteltd|gk|yk|sro|doo|kft|ohg|lp|lda|ltda|tbk";
/// Words as well: legal forms only at either end.
constexpr std::string_view end_forms = "sa|as|ao|se|pt|sas|the|wll|private";

constexpr std::array<std::string_view, 14> cjk_forms = {"株式会社",
                                                        "有限会社",
                                                        "合同会社",
                                                        "合資会社",
                                                        "股份有限公司",
                                                        "有限责任公司",
                                                        "有限責任公司",
                                                        "股份公司",
                                                        "有限公司",
                                                        "集团公司",
                                                        "公司",
                                                        "一般社団法人",
                                                        "株式會社",
                                                        "주식회사"};

const std::unordered_map<std::string, std::string>& spelling_table() {
  static const auto table = [] {
    std::unordered_map<std::string, std::string> result;
    for (const auto row : split(spellings, ';')) {
      const auto words = split(row, '|');
      for (const auto word : words) {
        result.emplace(word, words.front());
      }
    }
    return result;
  }();
  return table;
}

using Words = std::unordered_set<std::string_view>;

Words set_of(std::string_view words) {
  const auto all = split(words, '|');
  return {all.begin(), all.end()};
}

bool is_short_form(std::string_view word) {
  static const Words forms = set_of(short_forms);
  return forms.contains(word);
}

bool is_end_form(std::string_view word) {
  static const Words forms = set_of(end_forms);
  return forms.contains(word);
}

/// Legal forms of several words by their first.
const std::unordered_multimap<std::string_view, std::vector<std::string_view>>& long_form_table() {
  static const auto table = [] {
    std::unordered_multimap<std::string_view, std::vector<std::string_view>> result;
    for (const auto form : split(long_forms, ';')) {
      auto words = split(form, ' ');
      result.emplace(words.front(), std::move(words));
    }
    return result;
  }();
  return table;
}

std::string cut_cjk_forms(std::string word) {
  for (const auto form : cjk_forms) {
    if (word.size() > form.size()) {
      if (word.starts_with(form)) {
        word.erase(0, form.size());
      }
      if (word.ends_with(form) && word.size() > form.size()) {
        word.resize(word.size() - form.size());
      }
    }
  }
  return word;
}

/// "㈱" folds to "(株)".
bool is_cjk_form(std::string_view word) {
  return word == "株" || word == "有" ||
         std::find(cjk_forms.begin(), cjk_forms.end(), word) != cjk_forms.end();
}

std::string written_out(std::string word) {
  const auto found = spelling_table().find(word);
  return found == spelling_table().end() ? std::move(word) : found->second;
}

class WordReader {
public:
  explicit WordReader(std::string_view text) : m_text(text) {}

  std::vector<NameWord> read() {
    std::size_t pos = 0;
    while (pos < m_text.size()) {
      const std::size_t begin = pos;
      const CodePoint point = decode_utf8(m_text, pos);
      pos += point.length;
      take(point.valid ? static_cast<UChar32>(point.value) : 0xfffd, begin, pos);
    }
    finish();
    return std::move(m_words);
  }

private:
  void take(UChar32 c, std::size_t begin, std::size_t end) {
    if (c == '&' || c == 0xff06) {
      finish();
      m_words.push_back({"and", begin, end});
      return;
    }
    if (c == '\'' || c == 0x2019 || c == 0x2018 || c == '`' || c == 0xad) {
      return; // inside a word: "Xi'an"
    }
    const std::string folded = fold_character(c);
    if (folded.empty()) {
      // "K.K." and "L.L.C." are one word.
      const bool initial = c == '.' && m_word.text.size() == m_letters_with_stops + 1 &&
                           end < m_text.size() && is_alpha(m_text[end]) &&
                           (end + 1 >= m_text.size() || !is_alnum(m_text[end + 1]));
      if (initial) {
        ++m_letters_with_stops;
        return;
      }
      finish();
      return;
    }
    const bool cjk = is_cjk(c) || c == 0xff70;
    if (!m_word.text.empty() && cjk != m_cjk) {
      finish();
    }
    m_cjk = cjk;
    if (m_word.text.empty()) {
      m_word.begin = begin;
    }
    m_word.text += folded;
    m_word.end = end;
  }

  void finish() {
    m_letters_with_stops = 0;
    if (m_word.text.empty()) {
      return;
    }
    m_word.text =
        m_cjk ? cut_cjk_forms(std::move(m_word.text)) : written_out(std::move(m_word.text));
    m_words.push_back(std::exchange(m_word, {}));
  }

  std::string_view m_text;
  std::vector<NameWord> m_words;
  NameWord m_word;
  bool m_cjk = false;
  std::size_t m_letters_with_stops = 0;
};

std::string join(const std::vector<std::string>& words) {
  return std::accumulate(words.begin(), words.end(), std::string());
}

int levenshtein(std::string_view left, std::string_view right) {
  std::vector<int> row(right.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const int replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// Letters of the words that stand in one of the two only.
int letters_apart(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  std::vector<std::string> apart;
  std::set_symmetric_difference(
      left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(apart));
  return std::accumulate(apart.begin(), apart.end(), 0, [](int sum, const std::string& word) {
    return sum + static_cast<int>(word.size());
  });
}

} // namespace

std::vector<NameWord> name_words(std::string_view text) {
  return WordReader(text).read();
}

std::size_t legal_form_at(const std::vector<NameWord>& words, std::size_t first) {
  const auto& word = words[first].text;
  std::size_t longest = is_short_form(word) || is_cjk_form(word) ? 1 : 0;
  const auto [begin, end] = long_form_table().equal_range(word);
  for (auto form = begin; form != end; ++form) {
    const auto& pieces = form->second;
    if (pieces.size() > longest && first + pieces.size() <= words.size() &&
        std::equal(
            pieces.begin(),
            pieces.end(),
            words.begin() + static_cast<std::ptrdiff_t>(first),
            [](std::string_view piece, const NameWord& each) { return piece == each.text; })) {
      longest = pieces.size();
    }
  }
  return longest;
}

bool is_common_in_names(std::string_view word) {
  static const Words words = set_of(trade_words);
  return words.contains(word);
}

std::vector<std::string> fold_name(std::string_view name) {
  const auto words = name_words(name);
  std::vector<std::string> result;
  for (std::size_t i = 0; i < words.size();) {
    if (const std::size_t form = legal_form_at(words, i); form > 0) {
      i += form;
      continue;
    }
    result.push_back(words[i++].text);
  }
  while (result.size() > 1 && is_end_form(result.back())) {
    result.pop_back();
  }
  while (result.size() > 1 && is_end_form(result.front())) {
    result.erase(result.begin());
  }
  if (result.empty()) { // "Company Limited" is all that there is
    for (const auto& word : words) {
      result.push_back(word.text);
    }
  }
  return result;
}

FoldedName make_folded_name(std::string_view name) {
  FoldedName folded;
  auto words = fold_name(name);
  folded.words = words.size();
  folded.squeezed = join(words);
  for (const char c : folded.squeezed) {
    if (is_digit(c)) {
      folded.digits += c;
    }
  }
  std::vector<std::string> rare;
  for (const auto& word : words) {
    (is_common_in_names(word) ? folded.common : rare).push_back(word);
  }
  folded.core = join(rare);
  std::sort(rare.begin(), rare.end());
  folded.sorted_core = join(rare);
  std::sort(folded.common.begin(), folded.common.end());
  std::sort(words.begin(), words.end());
  folded.sorted = join(words);
  return folded;
}

std::vector<std::string> names_in(std::string_view entered) {
  constexpr std::array<std::string_view, 12> marks = {"d.b.a.",
                                                      "d/b/a",
                                                      "dba",
                                                      "a.k.a.",
                                                      "a/k/a",
                                                      "aka",
                                                      "f.k.a.",
                                                      "f/k/a",
                                                      "fka",
                                                      "doing business as",
                                                      "also known as",
                                                      "trading as"};
  std::size_t begin = std::string_view::npos;
  std::size_t length = 0;
  for (const auto mark : marks) {
    std::size_t at = 0;
    while (at + mark.size() <= entered.size() &&
           !(at > 0 && has_at(entered, at, mark) && !is_alnum(entered[at - 1]) &&
             (at + mark.size() == entered.size() || !is_alnum(entered[at + mark.size()])))) {
      ++at;
    }
    if (at + mark.size() <= entered.size() && at < begin) {
      begin = at;
      length = mark.size();
    }
  }
  if (begin == std::string_view::npos) {
    return {std::string(trimmed(entered))};
  }
  std::vector<std::string> names{std::string(trimmed(entered.substr(0, begin), ",;(-"))};
  for (auto& more : names_in(entered.substr(begin + length))) {
    names.emplace_back(trimmed(more, ",;)./"));
  }
  std::erase_if(names, [](const std::string& name) { return name.empty(); });
  return names;
}

int near_distance(const FoldedName& left, const FoldedName& right) {
  constexpr int no = -1;
  constexpr double common_weight = 0.25;
  constexpr double share = 0.2;
  constexpr std::size_t letters_per_error = 6;
  constexpr std::size_t shortest_core = 4;
  constexpr std::size_t shortest_common = 12;
  constexpr int most_common = 14; ///< letters of common words in one of the two only
  if (left.digits != right.digits || left.squeezed.empty() || right.squeezed.empty()) {
    return no;
  }
  if (left.sorted == right.sorted) {
    return 0;
  }
  const auto length = std::max(left.core.size(), right.core.size());
  const auto total = static_cast<double>(std::max(left.squeezed.size(), right.squeezed.size()));
  if (left.core.empty() || right.core.empty()) {
    const int apart = levenshtein(left.squeezed, right.squeezed);
    return total >= shortest_common && apart <= 1 ? apart : no;
  }
  if (std::min(left.core.size(), right.core.size()) < shortest_core) {
    return no;
  }
  const auto allowed = static_cast<int>(length / letters_per_error);
  int core = levenshtein(left.core, right.core);
  if (core > 0) {
    core = std::min(core, levenshtein(left.sorted_core, right.sorted_core));
  }
  const int common = letters_apart(left.common, right.common);
  return core <= allowed && common <= most_common && core + common_weight * common <= share * total
             ? core + common
             : no;
}

} // namespace regtrail::diff
