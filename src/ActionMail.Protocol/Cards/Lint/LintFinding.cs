namespace ActionMail.Protocol.Cards.Lint;

/// <summary>
/// A place in a card that breaks a rule. <paramref name="Pointer"/> (RFC 6901) and <paramref name="Position"/> are those of the value that
/// <paramref name="Message"/> speaks of; where something is missing, those of what it is missing in.
/// </summary>
public sealed record LintFinding(LintRule Rule, string Pointer, JsonPosition Position, string Message);
