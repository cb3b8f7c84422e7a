namespace ActionMail.Mail.Message;

/// <summary>
/// What keeps a mail from carrying a card, whatever is in it. The members are spelled as the reasons of protocol §7, in
/// the order in which they are reported: the first one found is the reason.
/// </summary>
public enum MessageFault
{
    /// <summary>Bytes or sizes that no well-formed header or MIME structure has.</summary>
    MessageMalformed,

    /// <summary>There is no From field, or it is empty.</summary>
    FromMissing,

    /// <summary>There are several From fields, or several addresses in one.</summary>
    FromMultiple,

    /// <summary>The From field is not exactly one plain address, with or without a display name.</summary>
    FromMalformed,

    /// <summary>Two readers could see two different messages.</summary>
    MessageAmbiguous,
}

/// <summary>One fault of a mail. <paramref name="Detail"/> says in words what was seen and where.</summary>
public sealed record MessageFinding(MessageFault Fault, string Detail);
