// regtrail calendar: what is due on which day.
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "notify/render/calendar.hpp"
#include "query/calendar.hpp"
#include "query/items.hpp"

#include <chrono>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr std::chrono::days reach{90};

class CalendarCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what takes effect, closes, expires or is due on which day");
    app.add_option("--from", m_from, "from this day on (default: today)")->type_name("DATE");
    app.add_option("--to", m_to, "up to this day (default: 90 days after --from)")
        ->type_name("DATE");
    app.add_flag("--all", m_all, "also what touches none of your entries");
    app.add_flag("--ics", m_ics, "as iCalendar, from 90 days ago on without an end");
    app.add_option("--lang", m_lang, "language of --ics: en or ja")
        ->check(CLI::IsMember({"en", "ja"}));
    app.footer("Days of effect and compliance, ends of comment periods, of stays, of licenses and\n"
               "savings clauses, tasks of executive orders, and days that the text of the Code\n"
               "prints (\"until December 31, 2026\"). Weekends and federal holidays are marked.\n"
               "\n"
               "examples:\n"
               "  regtrail calendar\n"
               "  regtrail calendar --from 2026-11-01 --to 2026-12-31 --all --json\n"
               "  regtrail calendar --ics > export-control.ics");
  }

  Result<ExitCode> run(Session& session) override {
    render::CalendarView view;
    view.today = session.today();
    TRY_ASSIGN(const auto from, session.date_option("--from", m_from));
    view.from = from.value_or(m_ics ? view.today - reach : view.today);
    TRY_ASSIGN(const auto to, session.date_option("--to", m_to));
    view.to = to.value_or(m_ics ? Date(9999, 12, 31) : view.from + reach);
    if (view.to < view.from) {
      return fail(ErrorKind::usage, "--to lies before --from");
    }
    query::ItemQuery query;
    query.on = view.today;
    query.only_hits = !m_all;
    query.ahead = true;
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    const diff::Matcher matcher(loaded.categories);
    TRY_ASSIGN(view.items, query::find_items(archive, matcher, query));
    view.entries = query::calendar_of(view.items, view.from, view.to);
    Console& console = session.console();
    if (m_ics) {
      view.dropped = query::calendar_of(view.items, view.from, view.to, &Item::dropped_days);
      console.print(render::calendar_ics(
          view, loaded.categories, m_lang == "ja" ? render::Language::ja : render::Language::en));
      return ExitCode::done;
    }
    if (session.json()) {
      console.print(render::calendar_json(view));
    } else if (view.entries.empty()) {
      console.note(m_all ? "no day is known"
                         : "no day touches your entries; all days: regtrail calendar --all");
    } else {
      console.page(render::calendar_text(view, loaded.categories, console.style()));
    }
    return ExitCode::done;
  }

private:
  std::string m_from;
  std::string m_to;
  std::string m_lang;
  bool m_all = false;
  bool m_ics = false;
};

} // namespace

std::unique_ptr<Command> make_calendar_command() {
  return std::make_unique<CalendarCommand>();
}

} // namespace regtrail::cli
