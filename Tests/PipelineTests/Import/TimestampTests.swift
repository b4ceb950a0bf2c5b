import Artifacts
import TestSupport
import Testing

@testable import Pipeline

@Suite struct TimestampTests {
  private func parse(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    return Timestamp(bytes.span, from: 0, to: bytes.count)
  }

  /// All but the first and last few name 2017-08-17T04:00:00Z.
  static let known: [(String, Timestamp.Format, Int64)] = [
    ("2017-08-17", .date, 1_502_928_000_000_000),
    ("17.08.2017", .dayFirst, 1_502_928_000_000_000),
    ("20170817", .compactDate, 1_502_928_000_000_000),
    ("2017-08-17 04:00", .dateTime, 1_502_942_400_000_000),
    ("2017-08-17T04:00:00", .dateTime, 1_502_942_400_000_000),
    ("2017/08/17 04:00:00", .dateTime, 1_502_942_400_000_000),
    ("2017.08.17 04:00:00", .dateTime, 1_502_942_400_000_000),
    (" 2017-08-17 04:00:00.000 ", .dateTime, 1_502_942_400_000_000),
    ("2017-08-17T04:00:00Z", .zonedDateTime, 1_502_942_400_000_000),
    ("2017-08-17 04:00:00 UTC", .zonedDateTime, 1_502_942_400_000_000),
    ("2017-08-17 04:00:00+00:00", .zonedDateTime, 1_502_942_400_000_000),
    ("2017-08-17T05:30:00+01:30", .zonedDateTime, 1_502_942_400_000_000),
    ("2017-08-16T23:00:00-0500", .zonedDateTime, 1_502_942_400_000_000),
    ("2017-08-17T06:00+02", .zonedDateTime, 1_502_942_400_000_000),
    ("17.08.2017 04:00:00", .dayFirstTime, 1_502_942_400_000_000),
    ("17.08.2017 05:00:00.000 GMT+0100", .zonedDateTime, 1_502_942_400_000_000),
    ("1502942400", .seconds, 1_502_942_400_000_000),
    ("1502942400.0", .seconds, 1_502_942_400_000_000),
    ("1502942400000", .milliseconds, 1_502_942_400_000_000),
    ("1502942400000.0", .milliseconds, 1_502_942_400_000_000),
    ("1502942400000000", .microseconds, 1_502_942_400_000_000),
    ("1502942400000000000", .nanoseconds, 1_502_942_400_000_000),
    ("0", .seconds, 0),
    ("-86400", .seconds, -86_400_000_000),
    ("1.25", .seconds, 1_250_000),
    ("2017-08-17T04:00:00.123456789Z", .zonedDateTime, 1_502_942_400_123_456),
    ("99999999", .seconds, 99_999_999_000_000),
  ]

  @Test(arguments: known)
  func reads(text: String, format: Timestamp.Format, microseconds: Int64) throws {
    let moment = try #require(parse(text))
    #expect(moment.format == format)
    #expect(moment.microseconds == microseconds)
  }

  @Test(arguments: [
    "", " ", "now", "2017-08", "2017-13-01", "2017-02-29", "2017-08-17T", "2017-08-17T24:00:00",
    "2017-08-17T04:60:00", "2017-08-17T04:00:60", "2017-08-17T04:00:00.", "2017-08-17T04:00:00X",
    "2017-08-17T04:00:00+", "2017-08-17T04:00:00+01:", "2017-08-17T04:00:00+19", "2017-08-17X04:00",
    "2017-08/17", "17.08.17", "17/08/2017", "08-17-2017", "1.5e9", "--5", "1502942400.", "1502942400000.5",
    "99999999999999999999", "9223372036854775808", "2017-08-17T04:00:00Z Z", "１５０２９４２４００",
    "2017-08-17T04:00:00.00000000000000000000000000000000000000000000000Z",
  ])
  func refuses(text: String) {
    #expect(parse(text) == nil)
  }

  @Test(
    arguments: [
      ("04:00", 14_400_000_000), ("040000", 14_400_000_000), ("0400", 14_400_000_000),
      ("23:59:59.5", 86_399_500_000),
    ] as [(String, Int64)])
  func readsTheTimeOfDay(text: String, microseconds: Int64) {
    let bytes = Array(text.utf8)
    #expect(Timestamp.timeOfDay(bytes.span, from: 0, to: bytes.count) == microseconds)
  }

  @Test func whatIsWrittenComesBack() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<5000 {
      let microseconds = Int64.random(
        in: -62_000_000_000_000_000...250_000_000_000_000_000, using: &generator)
      let moment = try #require(parse(CivilTime.iso8601(microseconds: microseconds)))
      #expect(moment.microseconds == microseconds)
      #expect(moment.format == .zonedDateTime)
    }
  }
}
