import Artifacts

/// A time as most files have it: `2017-08-17`, `2017-08-17T04:00:00`, with or without `Z`, seconds or not.
struct PlainTime {
  let microseconds: Int64
  let hasClock: Bool
  let hasZone: Bool

  /// What `bytes[start..<end]` spell; `nil` if it is anything else, even if that is a time.
  init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    let length = end - start
    guard length == 10 || length == 16 || length == 19 || length == 20 else { return nil }
    func pair(_ offset: Int) -> Int {
      let tens = Int(bytes[start + offset]) - 0x30
      let ones = Int(bytes[start + offset + 1]) - 0x30
      return (0...9).contains(tens) && (0...9).contains(ones) ? tens * 10 + ones : -1000
    }
    let separator = bytes[start + 4]
    guard separator == bytes[start + 7], separator == 0x2D || separator == 0x2F || separator == 0x2E else {
      return nil
    }
    let century = pair(0)
    let year = century * 100 + pair(2)
    guard century >= 0, year > 0,
      let days = CivilTime.days(year: year, month: pair(5), day: pair(8))
    else { return nil }
    let midnight = Int64(days) * CivilTime.microsecondsPerDay
    hasClock = length > 10
    hasZone = length == 20
    if length == 10 {
      microseconds = midnight
      return
    }
    let between = bytes[start + 10]
    let hour = pair(11)
    let minute = pair(14)
    let second = length > 16 ? pair(17) : 0
    guard between == 0x54 || between == 0x20, bytes[start + 13] == 0x3A, (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<60).contains(second), length == 16 || bytes[start + 16] == 0x3A,
      length < 20 || bytes[start + 19] == 0x5A
    else { return nil }
    microseconds = midnight + Int64((hour * 60 + minute) * 60 + second) * 1_000_000
  }
}
