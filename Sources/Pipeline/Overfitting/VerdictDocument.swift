import Artifacts

/// The verdict in a document.
struct VerdictDocument: Codable, Equatable {
  /// `shown`, `not distinguishable from luck` (`not shown` by the classic rule), `cannot be judged`.
  let skill: String
  /// Why, in a few words.
  let explanation: String
  let rule: VerdictRule
  /// Null by the classic rule, which has none.
  let level: Measure

  init(_ verdict: Verdict) {
    skill = verdict.words
    explanation = verdict.explanation
    rule = verdict.rule
    level = Measure(verdict.level ?? .nan)
  }

  /// The same for a document that tells more.
  var json: JSONValue {
    [
      "skill": .text(skill), "explanation": .text(explanation), "rule": .text(rule.rawValue),
      "level": .number(level.value),
    ]
  }
}
