import Statistics
import TestSupport
import Testing

@Suite struct PermutationTestTests {
  static let cases: [(observed: Double, permuted: [Double], atLeast: Int, undefined: Int, p: Double)] = [
    (observed: 2.0, permuted: [1.0, 2, 3], atLeast: 2, undefined: 0, p: 0.75),
    (4, [1, 2, 3], 0, 0, 0.25),
    (-1, [1, 2, 3], 3, 0, 1),
    (2, [.nan, .infinity, -.infinity], 1, 1, 0.5),
    (.infinity, [.infinity, 1], 1, 0, 2.0 / 3),
    (1, [], 0, 0, 1),
    (.nan, [1, .nan], 0, 1, .nan),
  ]

  @Test(arguments: cases)
  func countsWhatIsAtLeastAsGood(
    observed: Double, permuted: [Double], atLeast: Int, undefined: Int, p: Double
  ) {
    let test = PermutationTest(observed: observed, permuted: permuted)
    #expect((test.atLeastAsGood, test.undefined) == (atLeast, undefined))
    #expect(Tolerance.exact.accepts(test.pValue, p))
    #expect(test.permutations == permuted.count)
    #expect(test.smallestPValue == 1 / Double(permuted.count + 1))
  }

  /// Exact: each of n + 1 different numbers is the observed one once, and so each p-value occurs once.
  @Test(arguments: [1, 2, 19, 40])
  func ranksAreUniform(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let draws = (0..<count).map { Double($0) }.shuffled(using: &random)
    let pValues = draws.indices.map { index in
      var others = draws
      return PermutationTest(observed: others.remove(at: index), permuted: others).pValue
    }
    #expect(pValues.sorted() == (1...count).map { Double($0) / Double(count) })
  }
}
