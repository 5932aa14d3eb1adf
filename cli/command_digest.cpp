// regtrail digest: compose what each subscriber was not sent yet; queue and deliver it.
#include "cli/command.hpp"
#include "cli/digests.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/matching.hpp"
#include "diff/relevance/matcher.hpp"
#include "notify/delivery/mailer.hpp"
#include "query/items.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

constexpr const char* preview_address = "regtrail@localhost";

class DigestCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("compose and send what is new for each subscriber");
    app.add_option("--to", m_to, "only this subscriber")->type_name("NAME");
    app.add_option("--lang", m_lang, "ja or en (default: the subscriber's)")
        ->type_name("LANG")
        ->check(CLI::IsMember({"ja", "en"}));
    auto* dry = app.add_flag("--dry-run",
                             m_dry_run,
                             "write the whole message to standard output, change nothing;\n"
                             "without subscribers for all categories");
    app.add_flag("--send", m_send, "queue the messages and deliver the outbox")->excludes(dry);
    app.add_option("--item", m_item, "with --forward: this item alone")
        ->type_name("ID")
        ->excludes(dry)
        ->excludes("--send");
    app.add_flag("--forward",
                 m_forward,
                 "write one item as half a page to pass on, without the firm's own data")
        ->needs("--item");
    app.footer(
        "Without --dry-run or --send the text is shown. A first digest reaches back 365 days.\n"
        "\n"
        "examples:\n"
        "  regtrail digest --item 2026-16628 --forward\n"
        "  regtrail sync --quiet; regtrail digest --send");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto subscribers, choose_subscribers(config));
    TRY_ASSIGN(auto loaded, session.load_register(config));
    if (!m_item.empty()) {
      return forward(session, config, loaded, subscribers.front().language);
    }
    session.host().begin_network_work();
    return m_send ? send(session, config, loaded, subscribers)
                  : preview(session, config, loaded, subscribers);
  }

private:
  [[nodiscard]] Result<std::vector<delivery::Subscriber>>
  choose_subscribers(const Config& config) const {
    std::vector<delivery::Subscriber> chosen;
    std::vector<std::string> names;
    for (const ConfiguredSubscriber& configured : config.subscribers) {
      names.push_back(configured.subscriber.name);
      if (m_to.empty() || configured.subscriber.name == m_to) {
        chosen.push_back(configured.subscriber);
      }
    }
    if (!m_to.empty() && chosen.empty()) {
      return fail(ErrorKind::usage,
                  fmt::format("no subscriber '{}' in '{}'{}",
                              m_to,
                              config.path.string(),
                              names.empty() ? "" : "; there is " + query::one_of(names)));
    }
    if (chosen.empty() && m_send) {
      return fail(
          ErrorKind::usage,
          fmt::format("no one to send to; add a [[subscriber]] to '{}'", config.path.string()));
    }
    if (chosen.empty()) {
      delivery::Subscriber everyone;
      everyone.to = preview_address;
      chosen.push_back(everyone);
    }
    for (delivery::Subscriber& subscriber : chosen) {
      if (!m_lang.empty()) {
        subscriber.language = m_lang == "ja" ? render::Language::ja : render::Language::en;
      }
    }
    return chosen;
  }

  static Result<DigestContext> context(Session& session,
                                       store::Archive& archive,
                                       const Config& config,
                                       const LoadedRegister& loaded) {
    TRY_ASSIGN(auto context,
               read_digest_context(archive,
                                   loaded.categories,
                                   config.pages.hosts,
                                   config.smtp ? config.smtp->from
                                               : fmt::format("regtrail <{}>", preview_address),
                                   session.now()));
    context.pages = config.publish.address;
    if (std::any_of(config.subscribers.begin(), config.subscribers.end(), [](const auto& each) {
          return each.subscriber.calendar;
        })) {
      query::ItemQuery query;
      query.on = session.today();
      query.ahead = true;
      TRY_ASSIGN(context.calendar_items,
                 query::find_items(archive, diff::Matcher(loaded.categories), query));
    }
    return context;
  }

  /// The item's text for those who are to know of it, without the firm's own data.
  Result<ExitCode> forward(Session& session,
                           const Config& config,
                           const LoadedRegister& loaded,
                           render::Language language) const {
    if (!m_forward) {
      return fail(ErrorKind::usage, "--item needs --forward");
    }
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    TRY_ASSIGN(auto about, context(session, archive, config, loaded));
    TRY_ASSIGN(const auto digest, forward_item(archive, about, m_item, language));
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["item"] = m_item;
      json["subject"] = digest.subject;
      json["text"] = digest.text;
      json["html"] = digest.html;
      session.console().print(json_text(json));
    } else {
      session.console().page(fmt::format("{}\n\n{}", digest.subject, digest.text));
    }
    return ExitCode::done;
  }

  static std::string shown_name(const delivery::Subscriber& subscriber) {
    return subscriber.name.empty() ? "all categories" : fmt::format("'{}'", subscriber.name);
  }

  static Json to_json(const PreparedDigest& prepared, const std::string& state) {
    Json json;
    json["subscriber"] = prepared.subscriber.name;
    json["to"] = prepared.subscriber.to;
    json["subject"] = prepared.digest.subject;
    json["message_id"] = prepared.message_id;
    json["text"] = prepared.digest.text;
    json["hits"] = prepared.digest.hit_ids;
    json["state"] = state;
    return json;
  }

  Result<ExitCode> preview(Session& session,
                           const Config& config,
                           const LoadedRegister& loaded,
                           const std::vector<delivery::Subscriber>& subscribers) const {
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    TRY_ASSIGN(auto about, context(session, archive, config, loaded));
    Json messages = Json::array();
    std::string text;
    for (const delivery::Subscriber& subscriber : subscribers) {
      TRY_ASSIGN(auto prepared, prepare_digest(archive, about, subscriber));
      if (!prepared) {
        session.console().note(fmt::format("nothing new for {}; no mail", shown_name(subscriber)));
        continue;
      }
      messages.push_back(to_json(*prepared, "composed"));
      text += text.empty() ? "" : "\n";
      text += m_dry_run ? prepared->bytes
                        : fmt::format("{}\n\n{}", prepared->digest.subject, prepared->digest.text);
    }
    if (session.json()) {
      print_json(session, std::move(messages), {});
    } else if (m_dry_run) {
      session.console().print(text);
    } else {
      session.console().page(text);
    }
    return ExitCode::done;
  }

  static void print_json(Session& session, Json messages, const delivery::DeliveryReport& report) {
    Json json;
    json["schema"] = 1;
    json["messages"] = std::move(messages);
    json["sent"] = report.sent;
    json["failed"] = report.failed;
    json["errors"] = report.errors;
    session.console().print(json_text(json));
  }

  Result<ExitCode> send(Session& session,
                        const Config& config,
                        const LoadedRegister& loaded,
                        const std::vector<delivery::Subscriber>& subscribers) const {
    TRY_ASSIGN(auto options, smtp_options(config, session.environment()));
    TRY_ASSIGN(const auto matched, open_matched_archive(session, loaded));
    TRY_ASSIGN(auto file, session.database());
    // Two senders at once would read the same outbox and send it twice.
    auto lock = FileLock::take(file.string() + ".send.lock");
    if (!lock) {
      return fail_while("another digest is being sent", std::move(lock.error()));
    }
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
    TRY_ASSIGN(auto about, context(session, archive, config, loaded));
    return deliver(
        session, archive, std::move(options), queue_digests(archive, about, subscribers));
  }

  static Result<ExitCode> deliver(Session& session,
                                  store::Archive& archive,
                                  delivery::SmtpOptions options,
                                  const QueueReport& queue) {
    for (const std::string& note : queue.notes) {
      session.console().note(note);
    }
    for (const std::string& error : queue.errors) {
      session.console().error(error);
    }
    const auto mailer = delivery::make_smtp_mailer(std::move(options));
    TRY_ASSIGN(auto report, delivery::deliver_outbox(archive, *mailer, session.now()));
    for (const std::string& error : report.errors) {
      session.console().error(error);
    }
    const bool complete = report.failed == 0 && queue.errors.empty();
    if (session.json()) {
      Json messages = Json::array();
      for (const PreparedDigest& prepared : queue.queued) {
        messages.push_back(to_json(prepared, "queued"));
      }
      report.errors.insert(report.errors.begin(), queue.errors.begin(), queue.errors.end());
      print_json(session, std::move(messages), report);
    } else if (report.sent + report.failed > 0 && !session.options().quiet) {
      session.console().print(
          fmt::format("sent {}{}\n",
                      report.sent,
                      report.failed > 0
                          ? fmt::format(", {} not delivered and kept: regtrail digest --send tries "
                                        "again",
                                        report.failed)
                          : ""));
    }
    return complete ? ExitCode::done : ExitCode::incomplete;
  }

  std::string m_to;
  std::string m_lang;
  std::string m_item;
  bool m_forward = false;
  bool m_dry_run = false;
  bool m_send = false;
};

} // namespace

std::unique_ptr<Command> make_digest_command() {
  return std::make_unique<DigestCommand>();
}

} // namespace regtrail::cli
