namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>The codes of errors and warnings of a submission; stable. docs/dashboard.md lists them.</summary>
public static class SubmissionCode
{
    /// <summary>The field is empty and may not be.</summary>
    public const string Required = "required";

    /// <summary>The text is longer than the field takes.</summary>
    public const string TooLong = "too_long";

    /// <summary>The list has more entries than it may.</summary>
    public const string TooMany = "too_many";

    /// <summary>The text is not of the form that the field asks for.</summary>
    public const string Malformed = "malformed";

    /// <summary>The text has characters that cannot be seen, or that change how others are seen. Security J-07, J-13.</summary>
    public const string InvisibleCharacters = "invisible_characters";

    /// <summary>A pattern or a bare domain where one address is asked for. Security D-02.</summary>
    public const string NotOneAddress = "not_one_address";

    /// <summary>A URL with more than scheme, host and port.</summary>
    public const string NotAnOrigin = "not_an_origin";

    /// <summary>A URL that carries a signature, a token or a password.</summary>
    public const string SecretInUrl = "secret_in_url";

    /// <summary>A target on the own machine: refused, or in the emulator a warning.</summary>
    public const string LoopbackTarget = "loopback_target";

    /// <summary>A target below which strangers have names. Security J-06.</summary>
    public const string TooBroad = "too_broad";

    /// <summary>A key that is refused; a colon and the reason follow. Security J-01.</summary>
    public const string KeyRejected = "key_rejected";

    /// <summary>A test user who is nobody of the author's organization.</summary>
    public const string NotAColleague = "not_a_colleague";

    /// <summary>An App ID URI other than the generated one.</summary>
    public const string NotGenerated = "not_generated";

    /// <summary>An image that is refused. Security J-07, J-14.</summary>
    public const string ImageRejected = "image_rejected";

    /// <summary>A sample card that is no card.</summary>
    public const string CardUnreadable = "card_unreadable";

    /// <summary>Warning: the sample card names another originator.</summary>
    public const string OtherOriginator = "other_originator";

    /// <summary>Warning: another registration of the organization has the same sender. Security J-05.</summary>
    public const string SenderInUse = "sender_in_use";

    /// <summary>Warning: fewer mails a day than the registration criteria expect.</summary>
    public const string LowVolume = "low_volume";

    /// <summary>Warning: a word of the name mixes scripts. Which names it looks like, only the reviewer is told. Security J-07.</summary>
    public const string ConfusableName = "confusable_name";
}
