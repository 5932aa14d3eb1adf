// What a change is about, in words of the law; in Japanese where the field has a term.
#include "model/characters.hpp"
#include "model/text.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace regtrail::render {

namespace {

constexpr int subject_columns = 48;

struct Term {
  std::string_view en; ///< lower case
  std::string_view ja;
};

/// The longer of two that begin alike stands first.
constexpr std::array terms{
    Term{"fast gas switching valve", "高速ガス切替バルブ"},
    Term{"vacuum valve", "真空バルブ"},
    Term{"gate valve", "ゲートバルブ"},
    Term{"valve", "バルブ"},
    Term{"switching time", "切替時間"},
    Term{"electrostatic chuck", "静電チャック"},
    Term{"remote plasma generator", "リモートプラズマ発生器"},
    Term{"plasma generator", "プラズマ発生器"},
    Term{"through silicon via", "シリコン貫通電極（TSV）"},
    Term{"total processing performance", "総合演算性能（TPP）"},
    Term{"performance density", "性能密度"},
    Term{"memory bandwidth density", "メモリ帯域幅密度"},
    Term{"memory bandwidth", "メモリ帯域幅"},
    Term{"high bandwidth memory", "広帯域メモリ（HBM）"},
    Term{"dielectric constant", "比誘電率"},
    Term{"aspect ratio", "アスペクト比"},
    Term{"wafer diameter", "ウエハ径"},
    Term{"process pressure", "プロセス圧力"},
    Term{"fluorine", "フッ素"},
    Term{"vacuum", "真空"},
    Term{"pressure transducer", "圧力トランスデューサー"},
    Term{"ion implant", "イオン注入"},
    Term{"lithography", "リソグラフィー"},
    Term{"overlay", "重ね合わせ精度"},
    Term{"numerical aperture", "開口数"},
    Term{"wavelength", "波長"},
    Term{"resolution", "分解能"},
    Term{"scanning electron microscope", "走査型電子顕微鏡"},
    Term{"wafer cleaning", "ウエハ洗浄"},
    Term{"wet chemical processing", "ウエット化学処理"},
    Term{"atomic layer deposition", "原子層堆積（ALD）"},
    Term{"atomic layer epitaxy", "原子層エピタキシー"},
    Term{"epitaxial", "エピタキシャル成長"},
    Term{"selective molybdenum", "モリブデンの選択成長"},
    Term{"cobalt", "コバルト"},
    Term{"molybdenum", "モリブデン"},
    Term{"tungsten", "タングステン"},
    Term{"ruthenium", "ルテニウム"},
    Term{"positive resists", "ポジ型レジスト"},
    Term{"resist", "レジスト"},
    Term{"pellicle", "ペリクル"},
    Term{"dry etch", "ドライエッチング"},
    Term{"etch", "エッチング"},
    Term{"deposition", "成膜"},
    Term{"annealing", "アニール"},
    Term{"metrology", "計測"},
    Term{"inspection", "検査"},
    Term{"integrated circuit", "集積回路"},
    Term{"focal plane array", "焦点面アレイ"},
    Term{"camera", "カメラ"},
    Term{"test kit", "試験キット"},
    Term{"precursor", "原料物質"},
    Term{"model weights", "モデルの重み（ウエート）"},
    Term{"supercomputer", "スーパーコンピューター"},
    Term{"robot", "ロボット"},
    Term{"machine tool", "工作機械"},
    Term{"laser", "レーザー"},
    Term{"sensor", "センサー"},
    Term{"lens", "レンズ"},
    Term{"mirror", "ミラー"},
    Term{"pumping speed", "排気速度"},
    Term{"pump", "ポンプ"},
    Term{"u.s.-origin", "米国原産品"},
    Term{"computer aided design", "CAD"},
    Term{"parallel process", "並列処理"},
    Term{"temperature", "温度"},
    Term{"frequency", "周波数"},
    Term{"purity", "純度"},
};

/// Without what carries no meaning at either end: "One or more", quotation marks, "of".
std::string_view tidied(std::string_view text) {
  constexpr std::string_view marks = ",;:('\"";
  constexpr std::array<std::string_view, 11> leads{"one or more ",
                                                   "a ",
                                                   "an ",
                                                   "the ",
                                                   "of ",
                                                   "having ",
                                                   "with ",
                                                   "those ",
                                                   "that have ",
                                                   "at least one ",
                                                   "and "};
  constexpr std::array<std::string_view, 9> tails{
      " of", " is", " a", " an", " the", " having", " to", " with", " containing"};
  text = trimmed(text, marks);
  for (bool again = true; again;) {
    const std::size_t size = text.size();
    for (const std::string_view lead : leads) {
      text.remove_prefix(starts_with_ignoring_case(text, lead) ? lead.size() : 0);
    }
    for (const std::string_view tail : tails) {
      text.remove_suffix(text.ends_with(tail) ? tail.size() : 0);
    }
    text = trimmed(text, marks);
    again = text.size() != size;
  }
  return text;
}

/// The words nearest to the limit: what stands behind the first joining word with which the rest
/// is short enough.
std::string_view nearest_words(std::string_view text) {
  constexpr std::array<std::string_view, 9> joints{
      " having ", " with ", " for ", " of ", " using ", " in ", " to ", " that have ", " and "};
  while (display_width(text) > subject_columns || text.starts_with("ECCN ")) {
    std::size_t next = std::string_view::npos;
    for (const std::string_view joint : joints) {
      const std::size_t at = text.find(joint);
      next = at == std::string_view::npos ? next : std::min(next, at + joint.size());
    }
    if (next == std::string_view::npos) {
      return text;
    }
    text = tidied(text.substr(next));
  }
  return text;
}

bool has_word(std::string_view text) {
  constexpr std::size_t shortest = 4;
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_alpha)) >= shortest;
}

/// Without the designator in front: "c.1.c.2. ", "(iv) ".
std::string_view without_designator(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos || blank == 0) {
    return text;
  }
  const std::string_view front = text.substr(0, blank);
  const bool designator = front.back() == '.' || front.front() == '(';
  return designator && front.size() <= 12 ? trimmed(text.substr(blank)) : text;
}

} // namespace

std::string excerpt(std::string_view text, int columns) {
  // A column takes at most four bytes; of a long text the rest is not looked at.
  const std::string_view front = first_bytes(text, 4 * static_cast<std::size_t>(columns) + 4);
  const std::string line = one_line(front);
  if (front.size() == text.size() && display_width(line) <= columns) {
    return line;
  }
  std::string_view cut = line;
  while (display_width(cut) > columns - 1) {
    const std::size_t blank = cut.find_last_of(' ');
    // A word without blanks (Japanese) is cut between characters.
    cut = blank == std::string_view::npos || blank < cut.size() / 2
              ? first_bytes(cut, cut.size() - 1)
              : cut.substr(0, blank);
  }
  return std::string(trimmed(cut, ",;:(")) + "…";
}

std::string terms_ja(std::string_view text) {
  std::string rest = lowered(normalise(text));

  struct Found {
    std::size_t at;
    std::string_view ja;
  };

  std::vector<Found> found;
  for (const Term& term : terms) {
    const std::size_t at = rest.find(term.en);
    if (at != std::string::npos && (at == 0 || !is_alnum(rest[at - 1]))) {
      found.push_back({at, term.ja});
      std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(at), term.en.size(), '.');
    }
  }
  std::sort(found.begin(), found.end(), [](const Found& left, const Found& right) {
    return left.at < right.at;
  });
  constexpr std::size_t most = 2;
  std::string out;
  for (std::size_t i = 0; i < std::min(found.size(), most); ++i) {
    out += (out.empty() ? "" : "、") + std::string(found[i].ja);
  }
  return out;
}

Headline subject_of(const Change& change, const TypedChange& typed) {
  // De minimis: what may be of U.S. origin in a foreign-made item.
  if (change.at.kind() == CitationKind::section && change.at.title() == "15" &&
      change.at.name() == "734.4") {
    return {"U.S.-origin content (de minimis)", "デミニミス（米国原産品の組込比率）"};
  }
  const std::string& text = change.after.empty() ? change.before : change.after;
  const std::string_view beginning = without_designator(text);
  std::string_view words = tidied(without_designator(typed.subject));
  if (!has_word(words) && change.at.kind() == CitationKind::eccn) {
    words = tidied(beginning);
  }
  if (!has_word(words)) {
    return {};
  }
  words = nearest_words(words);
  std::string ja = terms_ja(words);
  if (ja.empty()) {
    ja = terms_ja(first_bytes(beginning, 90));
  }
  return {excerpt(words, subject_columns), ja};
}

} // namespace regtrail::render
