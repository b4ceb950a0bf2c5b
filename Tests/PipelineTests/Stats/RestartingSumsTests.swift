import Artifacts
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// Sums since the beginning of a month or a year, which begin anew.
@Suite struct RestartingSumsTests {
  private static func noise(_ bars: Int, seed: UInt64) -> [[Double]] {
    StatsSample.noise(bars: bars, strategies: 4, seed: seed)
  }

  private static func days(_ bars: Int) -> [Int64] {
    (0..<bars).map { bar in
      let (week, weekday) = (bar / 5, bar % 5)
      return Int64(18_263 + week * 7 + weekday) * CivilTime.microsecondsPerDay
    }
  }

  private static func months(_ bars: Int) -> [Int64] {
    (0..<bars).map { bar in
      Int64(CivilTime.days(year: 2000 + bar / 12, month: bar % 12 + 1, day: 1)!)
        * CivilTime.microsecondsPerDay
    }
  }

  /// Added up, and begun anew where `restarts` says so.
  private static func sums(_ rows: [[Double]], restarts: (Int) -> Bool) -> [[Double]] {
    var sums = rows
    for bar in rows.indices.dropFirst() where !restarts(bar) {
      sums[bar] = zip(sums[bar - 1], rows[bar]).map { $0 + $1 }
    }
    return sums
  }

  private static func message(_ rows: [[Double]], _ timestamps: [Int64]?) throws -> String? {
    let matrix = try ReturnMatrix(bars: rows.count, strategies: rows[0].count, values: rows.flatMap { $0 })
    do {
      try RestartingSums.check(matrix, timestamps: timestamps)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func sumsOfAMonthAndOfAYear() throws {
    for seed in 1...10 {
      let days = Self.days(500)
      let month = days.map { CivilTime.date(days: Int($0 / CivilTime.microsecondsPerDay)).month }
      let ofMonth = Self.sums(Self.noise(500, seed: UInt64(seed))) { month[$0] != month[$0 - 1] }
      #expect(
        try Self.message(ofMonth, days)?.contains("within each month and begin anew") == true, "\(seed)")
      let ofYear = Self.sums(Self.noise(240, seed: UInt64(seed))) { $0.isMultiple(of: 12) }
      #expect(
        try Self.message(ofYear, Self.months(240))
          == "the columns grow within each year and begin anew at the next, as year-to-date returns do, expected the "
          + "return of a bar in each cell, as a fraction; give the changes within each year, or pass --values returns",
        "\(seed)")
    }
  }

  /// Sums of three weeks each, with times and without.
  @Test func sumsOfAnyStretch() throws {
    for seed in 1...10 {
      let rows = Self.sums(Self.noise(600, seed: UInt64(seed))) { $0.isMultiple(of: 16) }
      for times in [nil, Self.days(600)] {
        #expect(try Self.message(rows, times)?.contains("begin anew") == true, "seed \(seed)")
      }
    }
  }

  /// White noise, AR(1), and rates that change by the month.
  @Test(arguments: [24, 60, 250, 750]) func returnsAreNone(bars: Int) throws {
    for seed in 1...20 {
      let rows = Self.noise(bars, seed: UInt64(seed))
      for coefficient in [0, 0.5, 0.8] {
        var returns = rows
        for bar in rows.indices.dropFirst() {
          returns[bar] = zip(returns[bar - 1], rows[bar]).map { coefficient * $0 + $1 }
        }
        for times in [nil, Self.days(bars), Self.months(bars)] {
          #expect(try Self.message(returns, times) == nil, "\(coefficient), seed \(seed)")
        }
      }
    }
    let days = Self.days(bars)
    let rates = days.map { time in
      [1e-4 * Double(CivilTime.date(days: Int(time / CivilTime.microsecondsPerDay)).month % 5 + 3)]
    }
    #expect(try Self.message(rates, days) == nil)
  }
}
