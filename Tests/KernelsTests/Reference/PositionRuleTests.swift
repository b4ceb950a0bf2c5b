import Kernels
import Testing

@Suite("The reference kernel's positions, on paper")
struct PositionRuleTests {
  @Test("long: in above the entry, out below the exit, kept on and between them")
  func long() {
    let rule = PositionRule(entry: 1, exit: 0, direction: .long)
    let path = Example([0, 2, 1, 0.5, 0, -0.1, 0.5, 1, 3, 3], rule).path
    #expect(path.positions == [0, 1, 1, 1, 1, 0, 0, 0, 1, 0])
  }

  @Test("long-short: the short side mirrors the long one, and between the exits nobody stays")
  func longShort() {
    let rule = PositionRule(entry: 1, exit: 0.5, direction: .longShort)
    let scores = [1.5, 0.7, 0.5, 0.4, -0.7, -1, -1.2, -0.6, -0.5, 0.6, -0.4, 1.1, -1.1, 9]
    #expect(Example(scores, rule).path.positions == [1, 1, 1, 0, 0, 0, -1, -1, -1, -1, 0, 1, -1, 0])
  }

  @Test("an exit beyond the middle holds a position until the opposite entry")
  func longShortNeverFlat() {
    let rule = PositionRule(entry: 1, exit: -0.5, direction: .longShort)
    #expect(
      Example([0, 2, 0, -1, 0, -2, 0, 1, 2, 0], rule).path.positions == [0, 1, 1, 1, 1, -1, -1, -1, 1, 0])
  }

  @Test("an undefined score has no position, whatever was held", arguments: Direction.allCases)
  func undefinedScore(direction: Direction) {
    let rule = PositionRule(entry: 0.5, exit: -2, direction: direction)
    #expect(Example([.nan, 1, .nan, 0, 1, 0, .nan, 0], rule).path.positions == [0, 1, 0, 0, 1, 1, 0, 0])
    #expect(Example([.infinity, 0, -.infinity, 0], .sign(direction)).path.positions.first == 1)
  }

  @Test("a score is undefined only where a feature that it uses is")
  func scores() {
    let terms: [(feature: [Double], weight: Double)] = [
      ([1, .nan, 3, 4], 2), ([.nan, .nan, .nan, .nan], 0), ([10, 20, .nan, 40], -1),
    ]
    let scores = ReferenceKernel.scores(terms: terms, bars: 4)
    #expect(scores.map(\.isNaN) == [false, true, true, false])
    #expect(scores[0] == -8 && scores[3] == -32)
    #expect(ReferenceKernel.scores(terms: [], bars: 3) == [0, 0, 0])
  }

  @Test("coins: never at probability 0, always at 1, and each draw stands alone")
  func coins() {
    #expect(ReferenceKernel.coinFlips(seed: 1, strategy: 2, probability: 0, bars: 50).allSatisfy { $0 == -1 })
    #expect(ReferenceKernel.coinFlips(seed: 1, strategy: 2, probability: 1, bars: 50).allSatisfy { $0 == 1 })
    let long = ReferenceKernel.coinFlips(seed: 3, strategy: 1 << 40, probability: 0.5, bars: 90)
    #expect(
      ReferenceKernel.coinFlips(seed: 3, strategy: 1 << 40, probability: 0.5, bars: 33) == Array(long[..<33]))
  }
}
