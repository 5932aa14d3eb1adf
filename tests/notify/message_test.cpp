#include "notify/delivery/mailer.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using delivery::build_message;
using delivery::MessageHeader;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

MessageHeader header() {
  return {"regtrail <regtrail@example.co.jp>",
          "kato@example.co.jp",
          "plain subject",
          "<id-1@example.co.jp>",
          parse_timestamp("2026-09-01T22:30:11Z").value()};
}

std::string built(const MessageHeader& head, const std::string& text, const std::string& html) {
  const Result<std::string> message = build_message(head, text, html);
  REQUIRE(message.has_value());
  return *message;
}

std::string header_block(const std::string& message) {
  return message.substr(0, message.find("\r\n\r\n"));
}

} // namespace

TEST_CASE("a message is multipart/alternative, text before HTML, with fixed identity", "[notify]") {
  const std::string message = built(header(), "Hello\n.dot\n", "<p>Hello</p>\n");
  const std::string boundary =
      message.substr(message.find('"') + 1, message.find("\"\r\n") - message.find('"') - 1);
  CHECK(message == "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary +
                       "\"\r\n"
                       "Mime-Version: 1.0\r\n"
                       "Date: Tue, 01 Sep 2026 22:30:11 +0000\r\n"
                       "From: regtrail <regtrail@example.co.jp>\r\n"
                       "To: kato@example.co.jp\r\n"
                       "Subject: plain subject\r\n"
                       "Message-ID: <id-1@example.co.jp>\r\n"
                       "Auto-Submitted: auto-generated\r\n"
                       "\r\n"
                       "--" +
                       boundary +
                       "\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n"
                       "\r\n"
                       "SGVsbG8NCi5kb3QNCg==\r\n" // Hello, CRLF, .dot, CRLF
                       "--" +
                       boundary +
                       "\r\n"
                       "Content-Type: text/html; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n"
                       "\r\n"
                       "PHA+SGVsbG88L3A+DQo=\r\n" // <p>Hello</p>, CRLF
                       "--" +
                       boundary + "--\r\n");
}

TEST_CASE("equal input gives equal bytes, another text another boundary", "[notify]") {
  const std::string first = built(header(), "a", "b");
  CHECK(built(header(), "a", "b") == first);
  CHECK(built(header(), "a2", "b").substr(0, 100) != first.substr(0, 100));
}

TEST_CASE("a Japanese subject is cut into folded RFC 2047 words of whole characters", "[notify]") {
  MessageHeader head = header();
  head.subject = "[regtrail] 重大1 高2: 切替時間しきい値 300→500ms（規制強化）ほか";
  const std::string block = header_block(built(head, "a", "b"));
  CHECK(holds(block,
              "Subject: =?UTF-8?B?W3JlZ3RyYWlsXSDph43lpKcxIOmrmDI6IOWIh+abv+aZgumWkw==?=\r\n"
              " =?UTF-8?B?44GX44GN44GE5YCkIDMwMOKGkjUwMG1z77yI6KaP5Yi25by35YyW77yJ44G7?=\r\n"
              " =?UTF-8?B?44GL?=\r\n"));
}

TEST_CASE("no header line is longer than 78 columns whatever the subject", "[notify]") {
  MessageHeader head = header();
  head.subject = std::string(400, 'x');
  head.from = "輸出管理 室 <regtrail@example.co.jp>";
  const std::string block = header_block(built(head, "a", "b"));
  std::size_t begin = 0;
  while (begin < block.size()) {
    const std::size_t end = std::min(block.find("\r\n", begin), block.size());
    CHECK(end - begin <= 78);
    begin = end + 2;
  }
  CHECK(holds(block, "From: =?UTF-8?B?6Ly45Ye6566h55CGIOWupA==?="));
}

TEST_CASE("a subject of bytes that are not UTF-8 is encoded whole", "[notify]") {
  MessageHeader head = header();
  head.subject = std::string(42, '\x80'); // continuation bytes, of no character
  CHECK(holds(built(head, "a", "b"),
              "Subject: =?UTF-8?B?gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA?=\r\n"
              " =?UTF-8?B?gICAgICA?=\r\n"));
}

TEST_CASE("both parts are base64 in lines of 76 columns", "[notify]") {
  const std::string message = built(header(), std::string(57, 'x') + "é\n", std::string(57, 'x'));
  std::string line;
  for (int i = 0; i < 19; ++i) {
    line += "eHh4"; // xxx
  }
  CHECK(holds(message, "base64\r\n\r\n" + line + "\r\nw6kNCg==\r\n--"));
  CHECK(holds(message, "base64\r\n\r\n" + line + "\r\n--"));
}

TEST_CASE("a text that quotes a boundary ends no part", "[notify]") {
  const std::string first = built(header(), "a", "b");
  const std::string boundary = first.substr(first.find("=_"), 42);
  const std::string message = built(header(), "\r\n--" + boundary + "--\r\n--=_", "b");
  std::size_t delimiters = 0;
  for (std::size_t i = 0; (i = message.find("\r\n--=_", i)) != std::string::npos; ++i) {
    ++delimiters;
  }
  CHECK(delimiters == 3);
  CHECK(!holds(message, boundary));
}

TEST_CASE("a display name is quoted or encoded where its characters ask for it", "[notify]") {
  struct Case {
    const char* from;
    const char* field;
  };

  const Case cases[] = {
      {"Trade Control-1 <a@b.jp>", "From: Trade Control-1 <a@b.jp>\r\n"},
      {"Kato, T. <a@b.jp>", "From: \"Kato, T.\" <a@b.jp>\r\n"},
      {R"("Kato \"T\\" <a@b.jp>)", R"(From: "Kato \"T\\" <a@b.jp>)"},
      {"=?UTF-8?B?YQ==?= <a@b.jp>", "From: =?UTF-8?B?PT9VVEYtOD9CP1lRPT0/PQ==?= <a@b.jp>\r\n"},
      {R"("a b"@c.jp)", "From: \"a b\"@c.jp\r\n"}};
  for (const Case& sample : cases) {
    MessageHeader head = header();
    head.from = sample.from;
    CHECK_THAT(built(head, "a", "b"), Catch::Matchers::Contains(sample.field));
  }
}

TEST_CASE("a header that would smuggle another is refused", "[notify]") {
  struct Case {
    const char* what;
    MessageHeader head;
  };

  std::vector<Case> cases(6, Case{"", header()});
  cases[0] = {"subject", header()};
  cases[0].head.subject = "x\r\nBcc: evil@example.com";
  cases[1].head.to = "kato@example.co.jp\nBcc: evil@example.com";
  cases[2].head.to = "kato@example.co.jp, evil@example.com";
  cases[3].head.from = "no address";
  cases[4].head.message_id = "no-brackets@example.com";
  cases[5].head.to = "加藤@example.co.jp";
  for (const Case& sample : cases) {
    CAPTURE(sample.head.subject, sample.head.to, sample.head.from, sample.head.message_id);
    const Result<std::string> message = build_message(sample.head, "a", "b");
    REQUIRE(!message.has_value());
    CHECK(message.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("a message of eight megabytes is composed", "[notify]") {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text += "a line of some eighty columns that stands for a very long digest of many changes\n";
  }
  CHECK(built(header(), text, "<p>short</p>").size() > text.size());
}

TEST_CASE("the message id follows from subscriber and hits, in whatever order", "[notify]") {
  const std::string id = delivery::make_message_id("kato", {"b", "a"}, "example.co.jp");
  CHECK(id == delivery::make_message_id("kato", {"a", "b"}, "example.co.jp"));
  CHECK(id != delivery::make_message_id("sato", {"a", "b"}, "example.co.jp"));
  CHECK(id != delivery::make_message_id("kato", {"a"}, "example.co.jp"));
  CHECK(id.front() == '<');
  CHECK(id.substr(id.size() - 15) == "@example.co.jp>");
}
