import Statistics
import Testing

@Suite struct DegradationTests {
  @Test func aLineIsFoundExactly() {
    let inside: [Double] = [1, 2, 3, 5]
    let found = Degradation(inSample: inside, outOfSample: inside.map { 4 - 0.5 * $0 })
    #expect(found.slope == -0.5 && found.intercept == 4 && found.determination == 1)
  }

  @Test func undefinedPairsAreLeftOut() {
    let found = Degradation(inSample: [1, .nan, 2, 3], outOfSample: [1, 5, .nan, 2])
    #expect(found.slope == 0.5 && found.intercept == 0.5)
  }

  @Test func withoutSpreadItIsUndefined() {
    #expect(Degradation(inSample: [], outOfSample: []).slope.isNaN)
    #expect(Degradation(inSample: [0.1, 0.1, 0.1], outOfSample: [1, 2, 3]).slope.isNaN)
    let flat = Degradation(inSample: [1, 2], outOfSample: [0.1, 0.1])
    #expect(flat.slope == 0 && flat.determination.isNaN)
  }
}

@Suite struct StochasticDominanceTests {
  @Test func shiftedUpDominatesInBothOrders() {
    let found = StochasticDominance(selected: [2, 3, 4], average: [1, 2, 3])
    #expect(found.isFirstOrder && found.isSecondOrder)
    #expect(found.points.map(\.value) == [1, 2, 3, 4])
    #expect(found.points.map(\.integral) == [0, 1.0 / 3, 2.0 / 3, 1])
    let reversed = StochasticDominance(selected: [1, 2, 3], average: [2, 3, 4])
    #expect(!reversed.isFirstOrder && !reversed.isSecondOrder)
  }

  /// The same mean with less spread: the averse prefer it, the others have no reason to.
  @Test func lessSpreadDominatesInSecondOrderOnly() {
    let found = StochasticDominance(selected: [2, 3], average: [1, 4])
    #expect(!found.isFirstOrder && found.isSecondOrder)
    #expect(found.points.last!.integral == 0)
  }

  @Test func nothingDominatesItself() {
    let found = StochasticDominance(selected: [1, 2, 2], average: [2, 1, 2])
    #expect(!found.isFirstOrder && !found.isSecondOrder)
    #expect(!StochasticDominance(selected: [.nan], average: [1]).isSecondOrder)
  }
}
