//! More cases in the notation of `tests`: given names that are words and titles, brands and places that are nobody, other names of somebody, and
//! what stands round a name.

use super::tests::check;

macro_rules! cases {
    ($($name:ident $marked:literal)*) => { $(#[test] fn $name() { check($marked); })* };
}

cases! {
    sri "Sri Mulyani left. [p=Sri Wahyuningsih:Sri Wahyuningsih] said the road was closed. [p=Sri Wahyuningsih:Wahyuningsih] left."
    dewi "[p=Dewi Lestari:Dewi Lestari] wrote three novels. [p=Dewi Lestari:Dewi] lives in Bandung."
    grace "[p=Grace Mumbere:Grace Mumbere] sells fish. [p=Grace Mumbere:Grace] has three sons."
    hope "[p=Hope Atkins:Hope Atkins] runs the shelter. “We try,” [p=Hope Atkins:Atkins] said."
    will "[p=Will Barton:Will Barton] scored twice. [p=Will Barton:Barton] said he was tired."
    mark "[p=Mark Rylands:Mark Rylands] and [p=Rich Tolson:Rich Tolson] run the bar."
    art "[p=Art Brandvold:Art Brandvold] paints boats. [p=Art Brandvold:Brandvold] is 80."
    bill "[p=Bill Oduya:Bill Oduya] spoke first. The bill was passed."
    months "[p=May Winters:May Winters] met [p=April Jonas:April Jonas] and [p=June Abara:June Abara] in May."
    summer "[p=Summer Haddon:Summer Haddon], 19, won the race. [p=Summer Haddon:Haddon] trains in summer."
    sunny "[p=Sunny Balogun:Sunny Balogun] owns the bus. [p=Sunny Balogun:Balogun] said it was late."
    prince "[p=Prince Adjei:Prince Adjei], a driver, said he was late. [p=Prince Adjei:Adjei] waited."
    earl "[p=Earl Simmonds:Earl Simmonds], a plumber, said he was late. [p=Earl Simmonds:Simmonds] waited."
    duke "[p=Duke Ferraro:Duke Ferraro], a plumber, said he was late. [p=Duke Ferraro:Ferraro] waited."
    major "[p=Major Wexler:Major Wexler], a plumber, said he was late. [p=Major Wexler:Wexler] waited."
    dean "[p=Dean Halloway:Dean Halloway], a plumber, said he was late. [p=Dean Halloway:Halloway] waited."
    prince_title "Prince [p=Harald:Harald] and Queen [p=Sonja:Sonja] came."
    possessive_place "Ferrant's mayor said the town was safe. The people of Ferrant waited. In Ferrant, shops were shut."
    possessive_place_two "Port Ellison's mayor said the town was safe. In Port Ellison, shops were shut."
    el_chapo "[p=Joaquín Guzmán:Joaquín Guzmán], known as [p=Joaquín Guzmán:El Chapo], was jailed. [p=Joaquín Guzmán:El Chapo] had fled twice."
    magic "[p=Magic Johnson:Magic Johnson] played there. [p=Magic Johnson:Johnson] won."
    mcdonalds "He ate at McDonald's on Monday. McDonald's said it was sorry."
    mcdonald "[p=Ann McDonald:Ann McDonald] ate there. [p=Ann McDonald:McDonald]'s son left."
    wendys "Wendy's shares fell. Macy's closed. Domino's said it would open shops. Levi's and Kellogg's rose."
    mononym "[p=Jokowi:Jokowi] said the capital would move. [p=Jokowi:Jokowi] left on Monday."
    surnamed "A driver surnamed [p=Liu:Liu] was held."
    named_mim "A child named [p=Mim:Mim] was found safe."
    ship_named "A ship named Marigold was found. A storm called Ophelia was near."
    king "King [p=Misuzulu:Misuzulu] was crowned in May."
    before_pope "Just hours before Pope [p=Francis:Francis] came, it rained."
    nationality "The game was led by Gambian [p=Bakary Gassama:Bakary Gassama], who waved it on."
    joined "[p=Keith Oduro:Keith Oduro] and [p=Tsepo Malunga:Tsepo Malunga] were there."
    title_word "The mayor of Agua Bonita was there. They live in Agua Bonita. Agua Bonita is green."
    newspaper "The daily Liberté closed. An editor of Liberté wept."
    festival "The Ram Navami festival was calm. Ram Navami is in spring."
    kong_based "A Hong Kong-based firm was fined."
    warship "The USS Benfold sailed north. The Benfold turned."
    nick_in_marks "[p=Joaquín “El Chapo” Guzmán:Joaquín “El Chapo” Guzmán] was jailed. [p=Joaquín “El Chapo” Guzmán:El Chapo] had fled twice, said police."
    nick_magic "[p=Earvin “Magic” Johnson:Earvin “Magic” Johnson] bought the club. [p=Earvin “Magic” Johnson:Magic] said he was glad."
    nick_single_marks "[p=Robert 'Bobby' Oduya:Robert 'Bobby' Oduya] ran the bar. [p=Robert 'Bobby' Oduya:Bobby] said he was glad."
    known_as_two "[p=Dele Ogunbanjo:Dele Ogunbanjo], better known as [p=Dele Ogunbanjo:Baba Dee], sang. [p=Dele Ogunbanjo:Baba Dee] said he was glad."
    aged "Police named [p=Byeon:Byeon], 72, as the driver."
    said_who "“We were there,” said [p=Suharyanto:Suharyanto], who heads the agency."
    headline_verb "[p=Elizabeth Okafor:Elizabeth Okafor] Hammers Bank Over Fees\nSenator [p=Elizabeth Okafor:Elizabeth Okafor] spoke. [p=Elizabeth Okafor:Okafor] said it was late."
    headline_verb_two "[p=Chris Brandvold:Chris Brandvold] Calls [p=Hilary Okafor:Hilary Okafor] Unfit\n[p=Chris Brandvold:Brandvold] said [p=Hilary Okafor:Hilary Okafor] was late. [p=Hilary Okafor:Okafor] laughed."
    surname_like_a_verb "[p=Gracie Fields:Gracie Fields] sang. [p=Gracie Fields:Fields] said she was glad. [p=Gracie Fields:Gracie] left."
}
