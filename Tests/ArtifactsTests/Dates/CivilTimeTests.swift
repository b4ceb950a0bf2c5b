import Artifacts
import FoundationEssentials
import TestSupport
import Testing

@Suite struct CivilTimeTests {
  @Test func everyDayFollowsTheOneBefore() {
    // From 1600-01-01 on for 801 years, which crosses every rule of the calendar.
    var expected = (year: 1600, month: 1, day: 1)
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var days = -135_140
    while expected.year <= 2400 {
      #expect(CivilTime.days(year: expected.year, month: expected.month, day: expected.day) == days)
      #expect(CivilTime.date(days: days) == expected)
      let isLeap = expected.year % 400 == 0 || (expected.year % 4 == 0 && expected.year % 100 != 0)
      let length = expected.month == 2 && isLeap ? 29 : lengths[expected.month - 1]
      expected.day += 1
      if expected.day > length { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
      days += 1
    }
  }

  @Test(arguments: [(0, 1970, 1, 1), (-1, 1969, 12, 31), (19_782, 2024, 2, 29), (-719_468, 0, 3, 1)])
  func knowsDates(days: Int, year: Int, month: Int, day: Int) {
    #expect(CivilTime.date(days: days) == (year, month, day))
    #expect(CivilTime.days(year: year, month: month, day: day) == days)
  }

  @Test(arguments: [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0)])
  func refusesDatesThatAreNot(year: Int, month: Int, day: Int) {
    #expect(CivilTime.days(year: year, month: month, day: day) == nil)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_502_942_400_000_000, "2017-08-17T04:00:00Z"),
      (-1, "1969-12-31T23:59:59.999999Z"), (951_827_696_000_120, "2000-02-29T12:34:56.000120Z"),
      (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
      (-62_167_219_200_000_001, "00-1-12-31T23:59:59.999999Z"),
      (253_402_300_800_000_000, "10000-01-01T00:00:00Z"),
    ] as [(Int64, String)])
  func writes(microseconds: Int64, text: String) {
    #expect(CivilTime.iso8601(microseconds: microseconds) == text)
    var table = CSVEncoder()
    table.append(microsecondsSince1970: microseconds)
    table.append(microsecondsSince1970: microseconds)
    #expect(String(decoding: table.bytes, as: UTF8.self) == "\(text),\(text)")
  }

  @Test func agreesWithFoundation() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let seconds = Int64.random(in: -10_000_000_000...100_000_000_000, using: &generator)
      #expect(
        CivilTime.iso8601(microseconds: seconds * 1_000_000)
          == Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
    }
  }
}
