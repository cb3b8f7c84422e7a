namespace ActionMail.Protocol.Cards.Model;

/// <summary>The shapes that the tables use again and again.</summary>
internal static class Shapes
{
    public static readonly CardVersion V10 = new(1, 0);
    public static readonly CardVersion V11 = new(1, 1);
    public static readonly CardVersion V12 = new(1, 2);
    public static readonly CardVersion V13 = new(1, 3);
    public static readonly CardVersion V14 = new(1, 4);
    public static readonly CardVersion V15 = new(1, 5);
    public static readonly CardVersion V16 = new(1, 6);

    public static readonly PropertyShape Text = new PropertyShape.Text();
    public static readonly PropertyShape Markdown = new PropertyShape.Markdown();
    public static readonly PropertyShape Url = new PropertyShape.Url(MayBeData: false);
    public static readonly PropertyShape ImageUrl = new PropertyShape.Url(MayBeData: true);
    public static readonly PropertyShape Flag = new PropertyShape.Flag();
    public static readonly PropertyShape Number = new PropertyShape.Number(double.MinValue, double.MaxValue);
    public static readonly PropertyShape Count = new PropertyShape.Integer(0, int.MaxValue);
    public static readonly PropertyShape Pixels = new PropertyShape.Pixels();
    public static readonly PropertyShape Date = new PropertyShape.Date();
    public static readonly PropertyShape Time = new PropertyShape.Time();
    public static readonly PropertyShape Data = new PropertyShape.Data();
    public static readonly PropertyShape AnyAction = new PropertyShape.Action(MayShowCard: true);
    public static readonly PropertyShape SelectAction = new PropertyShape.Action(MayShowCard: false);
    public static readonly PropertyShape ElementList = List(new PropertyShape.Element());
    public static readonly PropertyShape ActionList = List(AnyAction);
    public static readonly PropertyShape Texts = List(Text);
    public static readonly PropertyShape Features = new PropertyShape.MapOf(Text);

    public static readonly PropertyShape Colors = Words("default", "dark", "light", "accent", "good", "warning", "attention");
    public static readonly PropertyShape FontSizes = Words("default", "small", "medium", "large", "extraLarge");
    public static readonly PropertyShape FontTypes = Words("default", "monospace");
    public static readonly PropertyShape FontWeights = Words("default", "lighter", "bolder");
    public static readonly PropertyShape ContainerStyles = Words("default", "emphasis", "good", "attention", "warning", "accent");
    public static readonly PropertyShape Spacings = Words("default", "none", "small", "medium", "large", "extraLarge", "padding");
    public static readonly PropertyShape BlockHeights = Words("auto", "stretch");
    public static readonly PropertyShape Horizontal = Words("left", "center", "right");
    public static readonly PropertyShape Vertical = Words("top", "center", "bottom");
    public static readonly PropertyShape ImageSizes = Words("auto", "stretch", "small", "medium", "large");
    public static readonly PropertyShape ActionStyles = Words("default", "positive", "destructive");
    public static readonly PropertyShape ActionModes = Words("primary", "secondary");
    public static readonly PropertyShape AssociatedInputs = Words("auto", "none");

    public static readonly PropertyShape Background = Any(Piece("BackgroundImage"), ImageUrl);
    public static readonly PropertyShape Width = Any(Words("auto", "stretch"), new PropertyShape.Number(0, double.MaxValue), Pixels, new PropertyShape.Weight());

    // Outlook takes a word for all four sides, or an object with one for each.
    public static readonly PropertyShape Padding = Any(Words("none", "small", "default", "medium", "large", "extraLarge", "custom"), Piece("Padding"));

    public static PropertyShape Words(params ReadOnlySpan<string> all) => new PropertyShape.Words([.. all]);

    public static PropertyShape Any(params ReadOnlySpan<PropertyShape> shapes) => new PropertyShape.AnyOf([.. shapes]);

    public static PropertyShape List(PropertyShape item) => new PropertyShape.ListOf(item);

    public static PropertyShape Piece(string type) => new PropertyShape.Piece(type);

    public static PropertyShape FallbackOf(PropertyShape other) => Any(Words("drop"), other);

    public static PropertyDefinition Required(string name, PropertyShape shape, CardVersion since) => new(name, shape, since, IsRequired: true);

    /// <summary>Published later, but Outlook takes it in a card of version 1.0. Protocol §4.</summary>
    public static PropertyDefinition Early(string name, PropertyShape shape, CardVersion since) => new(name, shape, since) { SinceInOutlook = V10 };

    public static PropertyDefinition Outlooks(string name, PropertyShape shape) => new(name, shape, V10, IsOutlooks: true);

    public static PropertyDefinition Unpublished(string name, PropertyShape shape, CardVersion since) => new(name, shape, since) { IsUnpublished = true };
}
