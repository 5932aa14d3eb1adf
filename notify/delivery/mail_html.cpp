// The HTML of a mail: tables for layout with padding on cells alone, no style that Outlook's Word
// or Gmail drops, colours that dark screens may turn round.
#include "notify/delivery/mail_view.hpp"
#include "notify/delivery/mail_words.hpp"
#include "notify/render/html.hpp"

#include <fmt/format.h>

#include <array>

namespace regtrail::delivery {

namespace {

using render::escape_html;

/// Ink and ground of a severity; a class of the style sheet for dark screens has the same number.
struct Tint {
  std::string_view ink;
  std::string_view ground;
};

constexpr std::array<Tint, 6> tints{Tint{"#0b5a2b", "#e3f3e8"},
                                    Tint{"#3f4a55", "#edf0f3"},
                                    Tint{"#3f4a55", "#edf0f3"},
                                    Tint{"#1c477a", "#e4eef9"},
                                    Tint{"#6f3b00", "#fdeed3"},
                                    Tint{"#86160f", "#fbe6e3"}};

constexpr std::string_view head = R"(<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="x-apple-disable-message-reformatting">
)";

constexpr std::string_view style =
    R"(<!--[if mso]><style>table{border-collapse:collapse}table,td,p,h1,h2,a,span,b{font-family:Meiryo,sans-serif !important}td,p{font-size:16px;color:#1b2430}</style>
<![endif]-->
<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
h1,h2,.w{word-break:auto-phrase}
@media (max-width:480px){.px{padding-left:16px!important;padding-right:16px!important}.lk{display:inline-block!important;padding:8px 20px 8px 0!important}.sp{display:none!important}.cs{display:block!important;width:100%!important;padding:12px 0 0!important}.ct{display:block!important;padding:4px 0 11px!important;border:0!important}}
@media (prefers-color-scheme:dark){.bg{background:#14181d!important}
.t{color:#e4e8ec!important}.m{color:#a9b4bf!important}.n{color:#a9c8f5!important}.a{color:#8ebdff!important}
.bt{border-color:#3a434d!important}.bn{border-color:#a9c8f5!important}.tint{background:#222930!important}
.d{color:#ffb0a6!important;background:#43201d!important}.i{color:#9be3b0!important;background:#173724!important}
.s5{color:#ffc0b8!important;background:#47201d!important}.s4{color:#ffd79a!important;background:#40300f!important}
.s3{color:#b9d7fb!important;background:#1d324b!important}.s2,.s1{color:#c8d0d8!important;background:#2a3138!important}
.s0{color:#a5e5b8!important;background:#183624!important}}
</style>
)";

constexpr std::string_view table =
    R"(<table role="presentation" width="100%" cellpadding="0" cellspacing="0">)";
constexpr std::string_view framed =
    R"(<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">)";
constexpr std::string_view ghost_open =
    R"(<!--[if mso]><table role="presentation" width="640" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->)";
constexpr std::string_view ghost_close = "<!--[if mso]></td></tr></table><![endif]-->\n";
constexpr std::string_view line = "1px solid #d3dae1";

std::string small(std::string_view html) {
  return fmt::format(R"(<span class="m" style="font-size:14px;color:#55616e">{}</span>)", html);
}

std::string gap(int pixels) {
  return fmt::format(
      R"(<p style="margin:0;font-size:1px;line-height:{}px;mso-line-height-rule:exactly">&nbsp;</p>)"
      "\n",
      pixels);
}

std::string link(std::string_view text, std::string_view url, std::string_view more = "") {
  return fmt::format(R"(<a class="a{}" href="{}" style="color:#0b57a4">{}</a>)",
                     more,
                     escape_html(url),
                     escape_html(text));
}

std::string rich(const Rich& text) {
  std::string out;
  for (const Span& span : text) {
    const std::string html = span.url.empty() ? escape_html(span.text) : link(span.text, span.url);
    out += span.strong ? "<b>" + html + "</b>" : html;
  }
  return out;
}

std::string severity_mark(int severity, render::Language language) {
  return fmt::format(
      "{}&nbsp;{}", severity_sign(severity), escape_html(severity_label(severity, language)));
}

std::string tinted(int level) {
  const Tint& tint = tints[static_cast<std::size_t>(level)];
  return fmt::format(
      R"(class="s{}" bgcolor="{}" valign="top" style="color:{};)", level, tint.ground, tint.ink);
}

std::string redline(const std::vector<WordRun>& words) {
  std::string out;
  for (const WordRun& run : words) {
    const std::string text = escape_html(run.text);
    if (run.op == WordRun::Op::removed) {
      out += R"(<span class="d" style="color:#9b1c1c;background-color:#fdecea;)"
             R"(text-decoration:line-through">)" +
             text + "</span> ";
    } else if (run.op == WordRun::Op::added) {
      out += R"(<b class="i" style="color:#0b5a2b;background-color:#e2f4e8;)"
             R"(text-decoration:underline">)" +
             text + "</b>";
    } else {
      out += text;
    }
  }
  return out;
}

class HtmlWriter {
public:
  explicit HtmlWriter(render::Language language) : m_language(language) {}

  std::string take() { return std::move(m_out); }

  void operator()(const Masthead& block) {
    constexpr std::string_view cell =
        R"(class="m bn" style="padding:0 0 10px;border-bottom:3px solid #14315c;font-size:14px;color:#55616e")";
    m_out += fmt::format(
        R"({}<tr><td {}><b class="n" style="color:#14315c">regtrail</b>&ensp;{}</td><td align="right" {}>{}</td></tr></table>)"
        "\n",
        table,
        cell,
        escape_html(std::string_view(block.name).substr(block.name.find(' ') + 1)),
        cell,
        escape_html(block.day));
  }

  void operator()(const Title& block) {
    m_out += fmt::format(R"(<h1 style="margin:22px 0 6px;font-size:25px;line-height:1.4">{}</h1>)"
                         "\n",
                         escape_html(block.text));
  }

  void operator()(const Paragraph& block) {
    switch (block.size) {
    case Paragraph::Size::body:
      m_out +=
          fmt::format("<p style=\"margin:0 0 12px;font-size:16px\">{}</p>\n", rich(block.text));
      break;
    case Paragraph::Size::secondary:
      m_out += fmt::format(
          "<p class=\"m\" style=\"margin:0 0 6px;font-size:15px;color:#55616e\">{}</p>\n",
          rich(block.text));
      break;
    case Paragraph::Size::small:
      m_out += fmt::format(
          "<p class=\"m\" style=\"margin:8px 0 0;font-size:14px;color:#55616e\">{}</p>\n",
          rich(block.text));
      break;
    }
  }

  void operator()(const Summary& block) {
    m_out += gap(8) + std::string(table);
    for (const SummaryRow& row : block.rows) {
      const std::string note = row.note.empty() ? "" : "<br>" + small(escape_html(row.note));
      m_out += fmt::format(
          R"(<tr><td class="bt cs" valign="top" width="84" style="padding:13px 10px 12px 0;border-top:{0}"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td {1}font-size:14px;line-height:20px;font-weight:bold;padding:2px 7px">{2}</td></tr></table></td><td class="bt w ct" valign="top" style="padding:11px 0;border-top:{0};line-height:1.5"><b>{3}</b>{4}</td></tr>)"
          "\n",
          line,
          tinted(row.severity),
          severity_mark(row.severity, m_language),
          escape_html(row.head),
          note);
    }
    m_out += fmt::format(
        R"(<tr><td class="bt" colspan="2" style="border-top:{};font-size:1px;line-height:1px">&nbsp;</td></tr></table>)"
        "\n",
        line);
  }

  void operator()(const Band& block) {
    const std::string number = block.number == 0 ? "" : fmt::format("{}&ensp;", block.number);
    m_out +=
        gap(38) +
        fmt::format(
            R"({}<tr><td {}font-size:15px;line-height:1.5;padding:8px 12px;font-weight:bold">{}{}</td><td align="right" {}font-size:15px;line-height:1.5;padding:8px 12px 8px 0">{}</td></tr></table>)"
            "\n",
            table,
            tinted(block.severity),
            number,
            severity_mark(block.severity, m_language),
            tinted(block.severity),
            escape_html(block.status));
  }

  void operator()(const ItemTitle& block) {
    m_out += fmt::format(R"(<h2 style="margin:14px 0 8px;font-size:21px;line-height:1.45">{}</h2>)"
                         "\n",
                         escape_html(block.text));
  }

  void operator()(const Section& block) {
    m_out +=
        gap(40) +
        fmt::format(
            R"({}<tr><td class="bn w" style="border-top:3px solid #14315c;padding:12px 0 6px;font-size:19px;line-height:1.4;font-weight:bold">{}</td></tr></table>)"
            "\n",
            table,
            escape_html(block.text));
  }

  void operator()(const Label& block) {
    m_out += fmt::format(
        R"(<p class="n" style="margin:20px 0 6px;font-size:15px;font-weight:bold;color:#14315c">{}</p>)"
        "\n",
        escape_html(block.text));
  }

  void operator()(const Notice& block) {
    m_out +=
        gap(12) +
        fmt::format(
            R"({}<tr><td {}padding:12px 16px 13px;line-height:1.5"><b style="font-size:18px">{}</b>{}</td></tr></table>)"
            "\n",
            table,
            tinted(block.level),
            escape_html(block.head),
            block.note.empty() ? "" : "<br>" + escape_html(block.note));
  }

  void operator()(const Frame& block) {
    m_out +=
        fmt::format(
            R"({}<tr><td class="bn" style="border:2px solid #14315c;padding:11px 14px 12px">{}<br><span style="font-size:19px">{}&ensp;→&ensp;<b>{}</b></span></td></tr></table>)"
            "\n",
            table,
            small(escape_html(block.about)),
            escape_html(block.before),
            escape_html(block.after)) +
        gap(10);
  }

  void operator()(const Facts& block) {
    m_out += gap(6) + std::string(table);
    for (const Fact& fact : block.rows) {
      m_out += fmt::format(
          R"(<tr><td class="m bt" valign="top" width="88" style="padding:8px 8px 7px 0;border-top:{0};font-size:14px;color:#55616e">{1}</td><td class="bt" valign="top" style="padding:7px 0;border-top:{0}">{2}</td></tr>)"
          "\n",
          line,
          escape_html(fact.label),
          rich(fact.value));
    }
    m_out += "</table>\n";
  }

  void operator()(const Passages& block) {
    m_out += framed;
    for (const Passage& passage : block.rows) {
      m_out += fmt::format(
          R"(<tr><td class="tint bt" bgcolor="#f3f5f8" style="padding:6px 12px;border:{};font-size:15px;line-height:1.5"><b>{}</b>{}</td></tr>)",
          line,
          escape_html(passage.place),
          passage.gist.empty() ? "" : "&ensp;" + escape_html(passage.gist));
      if (!passage.words.empty() || !passage.more.empty()) {
        m_out += fmt::format(
            R"(<tr><td class="bt" style="padding:8px 12px 9px;border:{}"><span lang="en" style="font-size:15px">{}</span>{}{}</td></tr>)",
            line,
            redline(passage.words),
            passage.words.empty() || passage.more.empty() ? "" : "<br>",
            passage.more.empty() ? "" : small(escape_html(passage.more)));
      }
      m_out += "\n";
    }
    m_out += "</table>\n";
  }

  void operator()(const Comparison& block) {
    m_out += framed;
    const auto title = [](const std::string& text) {
      return fmt::format(
          R"(<td class="tint bt" bgcolor="#f3f5f8" width="50%" style="padding:6px 12px;border:{};font-size:15px;font-weight:bold">{}</td>)",
          line,
          escape_html(text));
    };
    const auto side = [](const std::string& label, const std::string& text) {
      return fmt::format(
          R"(<td class="bt" valign="top" width="50%" style="padding:7px 12px 9px;border:{};font-size:15px;line-height:1.5">{}<br>{}</td>)",
          line,
          small(escape_html(label)),
          escape_html(text));
    };
    m_out += "<tr>" + title(block.left) + title(block.right) + "</tr>\n";
    for (const Compared& row : block.rows) {
      m_out +=
          "<tr>" + side(row.left_label, row.left) + side(row.right_label, row.right) + "</tr>\n";
      if (!row.verdict.empty()) {
        m_out += fmt::format(
            R"(<tr><td class="bt" colspan="2" style="padding:6px 12px;border:{};font-size:15px;line-height:1.5"><b>{}</b></td></tr>)"
            "\n",
            line,
            escape_html(row.verdict));
      }
    }
    m_out += "</table>\n";
  }

  void operator()(const Table& block) {
    m_out += table;
    const auto write = [this](const std::vector<std::string>& row, bool title, bool sum) {
      m_out += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string text = escape_html(row[i]);
        m_out += fmt::format(
            R"(<td class="{}bt"{} style="padding:3px 10px 3px 0;font-size:{}px;{}border-bottom:{}">{}</td>)",
            title ? "m " : "",
            i == 0 ? "" : " align=\"right\"",
            title ? 14 : 15,
            title ? "color:#55616e;" : "",
            line,
            sum ? "<b>" + text + "</b>" : text);
      }
      m_out += "</tr>\n";
    };
    write(block.columns, true, false);
    for (const auto& row : block.rows) {
      write(row, false, &row == &block.rows.back());
    }
    m_out += "</table>\n";
  }

  void operator()(const Checklist& block) {
    m_out += table;
    for (const std::string& question : block.questions) {
      m_out += fmt::format(
          R"(<tr><td class="n" valign="top" width="26" style="padding:4px 0;color:#14315c">□</td><td valign="top" style="padding:4px 0">{}</td></tr>)"
          "\n",
          escape_html(question));
    }
    m_out += "</table>\n";
  }

  void operator()(const Links& block) {
    std::string links;
    for (const Span& each : block.links) {
      links += links.empty() ? "" : R"(<span class="sp">&ensp;|&ensp;</span>)";
      links += link(each.text, each.url, " lk");
    }
    m_out += fmt::format("<p style=\"margin:12px 0 0;line-height:1.8\">{}</p>\n", links);
  }

  void operator()(const Lines& block) {
    m_out += table;
    for (const Line& row : block.rows) {
      const std::string note = rich(row.note);
      m_out +=
          fmt::format(R"(<tr><td class="bt" style="padding:8px 0;border-top:{}">{}{}</td></tr>)"
                      "\n",
                      line,
                      rich(row.text),
                      note.empty() ? "" : "<br>" + small(note));
    }
    m_out += "</table>\n";
  }

  void operator()(const Days& block) {
    m_out += table;
    for (const DayLine& row : block.rows) {
      m_out += fmt::format(
          R"(<tr><td class="bt" valign="top" width="124" style="padding:7px 10px 7px 0;border-top:{0};font-size:15px;line-height:1.5"><b>{1}</b><br>{2}</td><td class="bt" valign="top" style="padding:7px 0;border-top:{0}">{3}</td></tr>)"
          "\n",
          line,
          escape_html(row.day),
          small(escape_html(row.kind)),
          rich(row.text));
    }
    m_out += "</table>\n";
  }

private:
  render::Language m_language;
  std::string m_out;
};

} // namespace

std::string mail_html(const MailView& view) {
  HtmlWriter writer(view.language);
  for (const Block& block : view.blocks) {
    std::visit(writer, block);
  }
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n{}<title>{}</title>\n{}</head>\n"
      R"(<body class="bg t" style="margin:0;padding:0;background:#ffffff;color:#1b2430;-webkit-text-size-adjust:100%;text-size-adjust:100%">)"
      "\n"
      R"(<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px">{}</div>)"
      "\n"
      R"(<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="bg" bgcolor="#ffffff"><tr><td align="center" style="font-family:'Segoe UI','Helvetica Neue',Arial,'Hiragino Sans',Meiryo,'Noto Sans JP','Noto Sans CJK JP',sans-serif;font-size:16px;line-height:1.65">)"
      "\n{}\n"
      R"(<table role="presentation" width="100%" cellpadding="0" cellspacing="0" align="center" style="max-width:640px;margin:0 auto"><tr><td class="px t" align="left" style="padding:20px 24px 40px;color:#1b2430;overflow-wrap:break-word">)"
      "\n{}</td></tr></table>\n{}</td></tr></table>\n</body>\n</html>\n",
      view.language == render::Language::ja ? "ja" : "en",
      head,
      escape_html(view.subject),
      style,
      escape_html(view.preheader),
      ghost_open,
      writer.take(),
      ghost_close);
}

} // namespace regtrail::delivery
