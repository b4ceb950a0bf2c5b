import TestSupport
import Testing

@testable import Artifacts

struct TicksTests {
  /// Ranges from 1e-12 to 1e12 wide, some around zero, some far from it.
  private static let ranges: [ClosedRange<Double>] = {
    var generator = SeededGenerator(seed: 1)
    return (0..<400).map { _ in
      let width = DecimalPowers.power(generator.uniform(-12...12))
      let center = width * DecimalPowers.power(generator.uniform(0...6)) * generator.uniform(-1...1)
      return (center - width / 2)...(center + width / 2)
    }
  }()

  @Test(arguments: [3, 5, 8, 12])
  func linearTicksAreRoundAndCoverTheRange(limit: Int) {
    for range in TicksTests.ranges {
      let ticks = Ticks.linear(from: range.lowerBound, to: range.upperBound, limit: limit)
      #expect(((limit < 5 ? 1 : 2)...limit).contains(ticks.count), "\(range)")
      guard let first = ticks.first, let last = ticks.last else { continue }
      let step = first.step
      let slack = step * 1e-6
      #expect(isRound(step), "\(step)")
      #expect(first.value >= range.lowerBound - slack && last.value <= range.upperBound + slack)
      #expect(first.value - step < range.lowerBound + slack && last.value + step > range.upperBound - slack)
      for (tick, next) in zip(ticks, ticks.dropFirst()) {
        #expect(abs(next.value - tick.value - step) <= slack)
        #expect(tick.step == step)
      }
    }
  }

  @Test func logarithmicTicksAreRoundAndInRange() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<400 {
      let lower = DecimalPowers.power(generator.uniform(-12...12))
      let upper = lower * DecimalPowers.power(generator.uniform(0.1...15))
      let ticks = Ticks.logarithmic(from: lower, to: upper, limit: 7)
      #expect((2...7).contains(ticks.count), "\(lower) to \(upper)")
      for tick in ticks {
        #expect(tick.value >= lower * (1 - 1e-6) && tick.value <= upper * (1 + 1e-6))
      }
      for (tick, next) in zip(ticks, ticks.dropFirst()) { #expect(tick.value < next.value) }
    }
  }

  @Test func timeTicksAreInRangeAndNotTooMany() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      let lower = generator.uniform(-1e15...4e15).rounded()
      let upper = lower + DecimalPowers.power(generator.uniform(7.3...16))
      for limit in [3, 6, 12] {
        let ticks = TimeTicks.ticks(from: lower, to: upper, limit: limit)
        #expect((1...limit).contains(ticks.count), "\(lower) to \(upper)")
        #expect(ticks.allSatisfy { lower <= $0.value && $0.value <= upper })
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
        #expect(Set(ticks.map(TimeTicks.text)).count == ticks.count)
      }
    }
  }

  @Test func yearsBeginInJanuary() {
    let start = 1_502_928_000e6  // 17 August 2017
    let ticks = TimeTicks.ticks(from: start, to: start + 7.3 * TimeTicks.year, limit: 9)
    #expect(ticks.map(TimeTicks.text) == ["2018", "2019", "2020", "2021", "2022", "2023", "2024"])
    #expect(ticks[0].value == 1_514_764_800e6)
  }

  @Test(arguments: [
    (TimeTicks.month, "Feb 2024"), (TimeTicks.day, "29 Feb 2024"), (TimeTicks.hour, "29 Feb 06:05"),
    (TimeTicks.second, "06:05:09"),
  ])
  func instantsAreWrittenAsTheirStepAsks(step: Double, text: String) {
    #expect(TimeTicks.text(Tick(value: 1_709_186_709e6, step: step)) == text)
  }

  private func isRound(_ step: Double) -> Bool {
    let mantissa = step / DecimalPowers.power(DecimalPowers.exponent(of: step))
    return [1, 2, 5].contains { abs(mantissa - $0) < 1e-9 }
  }
}
