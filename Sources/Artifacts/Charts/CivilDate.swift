/// A date of the Gregorian calendar, extended to all years, and its distance from 1970.
struct CivilDate: Equatable, Sendable {
  let year: Int
  /// 1 to 12.
  let month: Int
  /// 1 to 31.
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date that is `days` after 1 January 1970.
  ///
  /// Years are counted from March, so that the leap day is a year's last and the lengths of months follow one line,
  /// ⌊(153 m + 2) / 5⌋ days before month m.
  init(daysSince1970 days: Int) {
    let daysPerCycle = 146_097  // 400 years
    let sinceMarch = days + 719_468  // 1 March of the year 0
    let cycle = CivilDate.floorDivide(sinceMarch, daysPerCycle)
    let dayOfCycle = sinceMarch - cycle * daysPerCycle
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfCycle + 400 * cycle + (month <= 2 ? 1 : 0)
  }

  /// Days from 1 January 1970 to this date.
  var daysSince1970: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let cycle = CivilDate.floorDivide(yearFromMarch, 400)
    let yearOfCycle = yearFromMarch - cycle * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return cycle * 146_097 + 365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
  }

  /// The largest integer not above the quotient; `/` rounds towards zero.
  static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }
}
