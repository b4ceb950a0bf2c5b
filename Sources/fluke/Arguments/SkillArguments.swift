import ArgumentParser
import Pipeline

/// What the verdict tells the shell.
struct SkillArguments: ParsableArguments {
  @Flag(
    name: .customLong("fail-unless-skill"),
    help: "Exit with status 1 unless skill is shown; everything is written all the same.")
  var isDemanded = false

  /// - Throws: ``SkillNotShown`` where skill is demanded and `verdict` is another.
  func check(_ verdict: Verdict) throws {
    if isDemanded && !verdict.isShown { throw SkillNotShown(verdict: verdict) }
  }
}

/// The verdict is not the one that was demanded; the run itself is whole.
struct SkillNotShown: Error, Equatable, CustomStringConvertible {
  let verdict: Verdict

  var description: String {
    "--fail-unless-skill: skill \(verdict.outcome == .undecided ? "cannot be judged" : "is not shown"), expected that it "
      + "is shown; everything was written all the same"
  }
}
