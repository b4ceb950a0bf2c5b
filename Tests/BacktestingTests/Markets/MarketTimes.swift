/// Opening times of bars of made-up markets, in microseconds since 1970.
enum MarketTimes {
  static let minute: Int64 = 60_000_000
  static let hour = 60 * minute
  static let day = 24 * hour
  /// 2024-01-01, a Monday.
  static let monday: Int64 = 1_704_067_200_000_000

  /// Bars that never pause.
  static func grid(minutes: Int, count: Int) -> [Int64] {
    (0..<count).map { monday + Int64($0 * minutes) * minute }
  }

  /// Sessions from 14:30 to 21:00, Monday to Friday.
  static func sessions(minutes: Int, weeks: Int, monday: Int64 = monday) -> [Int64] {
    var timestamps: [Int64] = []
    for weekday in 0..<(7 * weeks) where weekday % 7 < 5 {
      let open = monday + Int64(weekday) * day + 14 * hour + 30 * minute
      timestamps += stride(from: 0, to: 390, by: minutes).map { open + Int64($0) * minute }
    }
    return timestamps
  }

  /// Hours from Sunday 21:00 to Friday 21:00, without a pause in between.
  static func currencyWeeks(_ weeks: Int) -> [Int64] {
    (0..<weeks).flatMap { week in
      (0..<120).map { monday + Int64(7 * week - 1) * day + 21 * hour + Int64($0) * hour }
    }
  }
}
