//! Cases in the notation of `tests`, written as newspapers, agencies, broadcasters, transcripts and press releases write.

use super::tests::check;

macro_rules! cases {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check($marked); })* };
}

// Dialogue of an interview, a hearing, a court
cases! {
    q_a_colon: "Jo Hill runs the ferry in Port Ellen.\nQ: [q:When did you start?]\nA: [q=Jo Hill:In 1990, when the old boat sank.]\nQ: [q:And now?]\nA: [q=Jo Hill:Now we have two.]";
    q_a_full_names: "The Herald spoke to Jo Hill.\nThe Herald: [q=<Herald>:When did you start?]\nJo Hill: [q=Jo Hill:In 1990, when the old boat sank.]\nThe Herald: [q=<Herald>:And now?]\nJo Hill: [q=Jo Hill:Now we have two.]";
    transcript_caps: "MAYOR JO HILL: [q=JO HILL:Thank you all for coming tonight.]\nSAM HUNT: [q=SAM HUNT:It is a pleasure to be here.]\nHILL: [q=JO HILL:Then let us begin at once.]\nHUNT: [q=SAM HUNT:I am ready when you are.]";
    transcript_time: "Jo Hill met Sam Hunt.\nHILL: [q=Jo Hill:Is it raining?]\n(LAUGHTER)\nHUNT: [q=Sam Hunt:It always is.]\nHILL: [q=Jo Hill:Then we wait.]";
    bold_question: "Jo Hill is the captain of the ferry.\nINTERVIEWER: [q=<INTERVIEWER>:Is it raining?]\nJO HILL: [q=Jo Hill:It always is.]\nINTERVIEWER: [q=<INTERVIEWER>:And in May?]\nJO HILL: [q=Jo Hill:In May too.]";
    hearing: "Senator Ann Cole chaired the hearing. Sam Hunt was the witness.\nSEN. COLE: [q=Ann Cole:Did you sign it?]\nMR. HUNT: [q=Sam Hunt:I did not.]\nSEN. COLE: [q=Ann Cole:Who did?]\nMR. HUNT: [q=Sam Hunt:I cannot recall.]";
    court: "Ivan Petrov stood trial in May.\nTHE COURT: [q=<THE COURT>:Do you understand?]\nTHE DEFENDANT: [q=<THE DEFENDANT>:I do, your honour.]\nTHE COURT: [q=<THE COURT>:Then sit down.]";
    hosts: "Host Ann Cole talked to Sam Hunt about the sea.\nCole: [q=Ann Cole:What is the sea to you?]\nHunt: [q=Sam Hunt:It is my home, my work.]\nCole: [q=Ann Cole:And the land?]\nHunt: [q=Sam Hunt:I visit it.]";
    labels_in_bullets: "Ingredients\nNote: the eggs must be fresh.\nTip: use brown sugar.\nNote: do not stir.";
    score_table: "Results\nCole: 45 percent\nHunt: 40 percent\nCole: 46 percent";
    two_paragraph_answer: "Jo Hill runs the ferry.\nQ: [q:When did you start?]\nA: [q=Jo Hill:In 1990, when the old boat sank.]\n[q=Jo Hill:It was a hard winter.]\nQ: [q:And now?]\nA: [q=Jo Hill:Now we have two.]";
    with_marks: "Jo Hill said she was ready.\nHill: [q=Jo Hill:“We are ready to go.”]\nReporter: [q=<Reporter>:“When do you leave?”]";
}

// Several speakers in a paragraph
cases! {
    two_in_paragraph: "[q=Ann Cole:“It is a mess,”] said Ann Cole, while Sam Hunt called it [q=Sam Hunt:“a great success for all”].";
    three_in_paragraph: "Ann Cole called it [q=Ann Cole:“a mess”], Sam Hunt [q=Sam Hunt:“a success”] and Ivan Petrov [q=Ivan Petrov:“a bad joke on us”].";
    one_said_the_other_replied: "[q=Ann Cole:“Are you sure of it?”] Ann Cole asked. [q=Sam Hunt:“Quite sure,”] Sam Hunt replied. [q=Ann Cole:“Then sign,”] she said.";
    meanwhile: "Ann Cole said the port was [q=Ann Cole:“safe and open”]. Sam Hunt disagreed: [q=Sam Hunt:“It is neither.”]";
    but_he_said: "Ann Cole said the port was [q=Ann Cole:“safe and open”], but Sam Hunt said it was [q=Sam Hunt:“neither safe nor open”].";
    told_other: "Ann Cole told Sam Hunt that he was [q=Ann Cole:“a disgrace to the port”].";
    about_other: "Of Sam Hunt, Ann Cole said: [q=Ann Cole:“He is a disgrace.”]";
    asked_about: "Asked about Sam Hunt, Ann Cole said: [q=Ann Cole:“He is a disgrace.”]";
    asked_by: "Asked by Sam Hunt whether she would go, Ann Cole said: [q=Ann Cole:“Not yet.”]";
    reply_to: "In reply to Sam Hunt, Ann Cole wrote: [q=Ann Cole:“Not yet.”]";
    after_sam_left: "After Sam Hunt left, Ann Cole smiled. [q=Ann Cole:“Not a moment too soon,”] she said.";
    echoing: "Echoing Sam Hunt, Ann Cole called the ruling [q=Ann Cole:“a black day for the port”].";
    quoting: "Quoting Sam Hunt, Ann Cole said: [q=Ann Cole:“The sea gives and takes.”]";
    husband: "Ann Cole and her husband, Sam Hunt, were there. [q=Sam Hunt:“It was cold,”] Hunt said. [q=Ann Cole:“And wet,”] Cole added.";
    next_para_other: "[q=Ann Cole:“It is a mess,”] Ann Cole said.\n[q=Sam Hunt:“It is not,”] Sam Hunt said.\n[q=Sam Hunt:“It is fine,”] he added.";
    standalone_para: "Sam Hunt disagreed.\n[q=Sam Hunt:“It is fine as it is, and it will be fine tomorrow.”]";
    standalone_after_desc: "Sam Hunt, 34, has worked at the port for ten years.\n[q=Sam Hunt:“I know every stone of it, and every stone knows me.”]";
    e_mail: "In an email to Ann Cole, Sam Hunt wrote that he was [q=Sam Hunt:“tired of the games”].";
    two_officials: "Two officials said Ann Cole had been [q=<Two officials>:“warned again and again”] about it.";
    another_of_them: "[q=<one resident>:“It was loud,”] one resident said. [q=<another>:“It was a bomb,”] said another.";
    another_said: "[q=<one resident>:“It was loud,”] said one resident. Another said it was [q=<Another>:“like a bomb going off”].";
    a_third: "[q=<a third witness>:“It was a bomb,”] said a third witness.";
    not_addressee: "[q=Ann Cole:“Sam, you must go now,”] Ann Cole told Sam Hunt.";
    relative_who: "Sam Hunt, whom Ann Cole once called [q=Ann Cole:“the best of us”], died on Friday.";
    spokes: "A spokesperson for Ann Cole called the claim [q=<A spokesperson for Ann Cole>:“false and shameful”].";
    his_lawyer: "His lawyer, Ivan Petrov, said Sam Hunt was [q=Ivan Petrov:“relieved and grateful”].";
    possess_lawyer: "Sam Hunt's lawyer, Ivan Petrov, said: [q=Ivan Petrov:“He is relieved.”]";
    possess_lawyer_unnamed: "Sam Hunt's lawyer said: [q=<Sam Hunt's lawyer>:“He is relieved.”]";
    mother_of: "[q=<the mother of Sam Hunt>:“He was a good boy,”] said the mother of Sam Hunt.";
    his_mother_named: "[q=Ann Hunt:“He was a good boy,”] said his mother, Ann Hunt.";
}

// Words that came through somebody else
cases! {
    told_paper: "Ann Cole told the Herald: [q=Ann Cole:“I will not go.”]";
    quoted_in: "[q=Ann Cole:“I will not go,”] Ann Cole was quoted as saying by the Herald.";
    quoted_as_saying: "The agency quoted Ann Cole as saying [q=Ann Cole:“I will not go”] on Monday.";
    state_tv: "State television quoted General Ivan Petrov as saying the army would [q=Ivan Petrov:“respond with great force”].";
    agency_said_citing: "The army would [q=Ivan Petrov:“respond with great force”], Interfax reported, citing General Ivan Petrov.";
    reuters_told: "[q=Ivan Petrov:“We will respond,”] Ivan Petrov told Reuters by phone.";
    told_bbc_radio: "Ann Cole told BBC Radio 4's Today programme that it was [q=Ann Cole:“a matter of days”].";
    speaking_to: "Speaking to reporters in Oslo, Ann Cole said: [q=Ann Cole:“It is a matter of days.”]";
    in_a_post_on_x: "In a post on X, Ann Cole wrote: [q=Ann Cole:“It is a matter of days.”]";
    wrote_on_truth: "[q=Ivan Petrov:“THEY ARE ALL CROOKS!”] Ivan Petrov wrote on Truth Social.";
    through_lawyer: "Through her lawyer, Ann Cole said she was [q=Ann Cole:“innocent of all charges”].";
    statement_from: "A statement from Ann Cole read: [q=Ann Cole:“I am innocent of all charges.”]";
    statement_attributed: "In a statement released by her lawyer, Ann Cole said: [q=Ann Cole:“I am innocent.”]";
    according_transcript: "According to a transcript of the call, Ivan Petrov said: [q=Ivan Petrov:“Find me the votes.”]";
    minutes_show: "Minutes of the meeting show that Ann Cole called it [q=Ann Cole:“a price worth paying”].";
    court_papers: "According to court papers, Sam Hunt told police: [q=Sam Hunt:“I lost my head.”]";
    report_said: "The report said the mine was [q=<The report>:“an accident waiting to happen”].";
    report_by: "A report by the auditor found [q=<A report by the auditor>:“serious and lasting failures”] at the port.";
    the_paper_wrote: "[q=<Herald>:“This will not do,”] the Herald wrote in an editorial.";
    wsj: "The Wall Street Journal, citing people familiar with the matter, reported that the deal was [q=<Wall Street Journal>:“all but dead”].";
    source_told: "A source close to the family told the Mirror: [q=<A source close to the family>:“They are heartbroken.”]";
    senior_official_anon: "A senior official, speaking on condition of anonymity, said the talks were [q=<A senior official>:“going nowhere fast”].";
    who_declined: "The official, who declined to be named, said: [q=<The official>:“We are going nowhere.”]";
    voicemail: "In a voicemail heard by the jury, Sam Hunt said: [q=Sam Hunt:“You will pay for this.”]";
    memoir: "In her memoir, Ann Cole writes that she was [q=Ann Cole:“never so alone as then”].";
    xinhua: "[q=Ivan Petrov:“The sea is calm,”] Xinhua quoted Ivan Petrov as saying.";
    foreign_ministry_spokes: "Foreign ministry spokesperson Ann Cole told a briefing the claims were [q=Ann Cole:“pure fiction and slander”].";
    on_facebook: "On Facebook, Sam Hunt posted: [q=Sam Hunt:“So proud of our team today.”]";
    translated: "[q=Ivan Petrov:“We are with you,”] Ivan Petrov said through an interpreter.";
    as_told_to: "Ann Cole, in an interview with Le Monde, said: [q=Ann Cole:“Europe must wake up.”]";
    report_by_whom_said: "A report by the auditor said [q=<A report by the auditor>:“serious and lasting failures”] at the port.";
    a_report_found: "A report found [q=<A report>:“serious and lasting failures”] at the port.";
    the_report_by_whom_found: "The report by the auditor found that there were [q=<The report by the auditor>:“serious and lasting failures”] at the port.";
    a_source_close_to_the_family: "A source close to the family said: [q=<A source close to the family>:“They are heartbroken.”]";
    a_source_close_to_the_couple: "A source close to the couple told the Mirror: [q=<A source close to the couple>:“They are heartbroken.”]";
    a_person_close_to_the_president: "A person close to the president told the Mirror: [q=<A person close to the president>:“They are heartbroken.”]";
}

// House styles
cases! {
    // Nyt
    nyt_mr: "[q=Daniel Okoye:“We are not going anywhere,”] said Daniel Okoye, 41, who has run the diner with his brother since 2009. Mr. Okoye added that the rent had [q=Daniel Okoye:“tripled overnight.”]";
    nyt_interrupted: "[q=Lena Fischer:“If you look at the numbers,”] said Lena Fischer, an economist at the University of Oslo, [q=Lena Fischer:“the recovery has already begun.”]";
    nyt_interview_tag: "[q=Lena Fischer:“It has already begun,”] Dr. Lena Fischer said in an interview. [q=Lena Fischer:“Nobody noticed.”]";
    nyt_statement_by_company: "In a statement, a spokeswoman for Norvik said the company [q=<a spokeswoman for Norvik>:“strongly disagrees with the ruling.”]";
    nyt_memo: "[q=<the memo>:“All staff must return,”] read the memo, which was sent on Monday.";
    // Guardian
    guardian_said_he: "Tom Adeyemi, the Labour MP for Leeds East, said: [q=Tom Adeyemi:“This is a betrayal of every family in this city.”]";
    guardian_asked_whether: "Asked whether she would resign, Rachel Moss replied: [q=Rachel Moss:“No, and that is that.”]";
    guardian_tory: "One senior Tory said: [q=<One senior Tory>:“It is over. The letters are in.”]";
    guardian_added_para: "Tom Adeyemi, the Labour MP for Leeds East, said the plan was wrong.\nHe added: [q=Tom Adeyemi:“It will hurt the poorest.”]";
    guardian_said_of: "Of the prime minister, Rachel Moss said: [q=Rachel Moss:“He has lost the room.”]";
    guardian_charity: "Polly Neate-Hughes, the chief executive of Homes Now, said: [q=Polly Neate-Hughes:“Families are being failed.”]";
    guardian_spokesperson: "A Home Office spokesperson said: [q=<A Home Office spokesperson>:“We make no apology for this.”]";
    // Bbc
    bbc_told_bbc: "Jake Tolland told the BBC he felt [q=Jake Tolland:“let down by the whole system”].";
    bbc_single: "Jake Tolland told the BBC: [q=Jake Tolland:\"It's been a nightmare.\"]";
    bbc_residents: "One resident, who did not want to be named, said: [q=<One resident>:\"It's been a nightmare.\"]";
    bbc_ms: "Ms Tolland, 34, from Hull, said she was [q=Tolland:\"over the moon\"] when the letter came.";
    bbc_police_spokesman: "A police spokesman said: [q=<A police spokesman>:\"We are keeping an open mind.\"]";
    bbc_det_insp: "Det Insp Sarah Pell said: [q=Sarah Pell:\"We are keeping an open mind.\"]";
    // Reuters
    reuters_prime_minister_told: "[q=Pavel Novak:\"We will not leave the euro,\"] Prime Minister Pavel Novak told reporters in Prague.";
    reuters_source: "[q=<a source with direct knowledge of the matter>:\"It's done,\"] a source with direct knowledge of the matter told Reuters.";
    reuters_said_in: "The central bank said in a statement that inflation was [q=<The central bank>:\"broadly in line with its target\"].";
    reuters_analyst: "[q=Yuki Tanabe:\"The yen is cheap,\"] said Yuki Tanabe, chief strategist at Mizuki Bank in Tokyo.";
    // Ap
    ap_judge_wrote: "U.S. District Judge Maria Solano wrote that the order was [q=Maria Solano:“blatantly unconstitutional.”]";
    ap_governor_tweeted: "[q=Greg Halvorsen:“Stay home and stay safe,”] Gov. Greg Halvorsen tweeted Sunday.";
    ap_his_father: "[q=<his father>:“He loved the water,”] his father said.";
    ap_sheriff_news_conference: "At a news conference, Sheriff Dale Hutto called it [q=Dale Hutto:“the worst scene I have seen in 30 years.”]";
    // Le monde
    lemonde_president: "[q=Camille Aubert:\"We must tell the French the truth,\"] said Camille Aubert on Tuesday, January 9.";
    lemonde_quotes_newspaper: "The minister, Camille Aubert, told Le Figaro that pensions would be [q=Camille Aubert:\"protected, whatever happens\"].";
    lemonde_lamented: "[q=Camille Aubert:\"Nobody reads any more,\"] lamented Camille Aubert, a bookseller in Lyon.";
    lemonde_according: "According to historian Camille Aubert, the law was [q=Camille Aubert:\"a turning point for the left\"].";
    // Al jazeera
    aj_told: "[q=Samira Haddad:“We have no water,”] Samira Haddad, a mother of four, told Al Jazeera.";
    aj_said_from: "[q=Samira Haddad:“We have no water,”] said Samira Haddad, speaking from Gaza City.";
    aj_ministry: "The health ministry said 12 people had been killed in what it called [q=<The health ministry>:“a massacre of civilians”].";
    aj_correspondent: "Al Jazeera's Omar Nasr, reporting from Amman, said the mood was [q=Omar Nasr:“one of anger and fear”].";
    // Local paper
    local_coach: "[q=Bobby Tran:“The boys dug deep,”] head coach Bobby Tran said after the game. [q=Bobby Tran:“That is all you can ask.”]";
    local_council: "Councilor Pat Doyle made the motion. [q=Pat Doyle:“It is time we fixed the road,”] she said.";
    local_owner: "[q=<the owner>:“We close in May,”] the owner said.";
    local_superintendent: "Superintendent Joan Rask wrote to parents that there was [q=Joan Rask:“no threat to the school at this time.”]";
    local_victim_mother: "[q=<the victim's mother>:“He did not deserve this,”] the victim's mother said in court.";
    local_student: "[q=Maya Ruiz:“It was scary,”] said Maya Ruiz, a sophomore at Lakeside High. Her friend Ella Park agreed. [q=Ella Park:“I was shaking,”] Park said.";
    // Transcripts and releases
    release_pleased: "[q=Dana Whitlow:“We are pleased to announce this partnership,”] said Dana Whitlow, Chief Executive Officer of Arvanta. [q=Dana Whitlow:“It is a milestone.”]";
    release_commented: "Commenting on the results, Dana Whitlow, CEO of Arvanta, said: [q=Dana Whitlow:“It was a record year.”]";
    release_added: "Dana Whitlow, CEO of Arvanta, commented: [q=Dana Whitlow:“It was a record year.”]";
    release_quote_then_title: "[q=Dana Whitlow:“It was a record year.”] – Dana Whitlow, CEO";
    court_testified: "Officer Lee Grant testified that he saw [q=Lee Grant:“a man with something in his hand.”]";
    court_prosecutor: "Prosecutor Amy Sorel told jurors that Grant was [q=Amy Sorel:“a liar and a coward.”]";
    court_counsel_for: "Counsel for Grant, Peter Moyle, said his client was [q=Peter Moyle:“a broken man”].";
    parliament_order: "[q=<Speaker>:“Order!”] shouted the Speaker.";
    sport_manager: "[q=Erik Lund:\"We were poor,\"] admitted manager Erik Lund. [q=Erik Lund:\"No excuses.\"]";
    sport_told_club_site: "Erik Lund told the club's website: [q=Erik Lund:\"We were poor today.\"]";
    science_coauthor: "[q=Priya Raman:“The signal is clear,”] says co-author Priya Raman of the Max Planck Institute. [q=Tim Drew:“I am not so sure,”] says Tim Drew, who was not involved in the study.";
    science_authors_write: "[q=<the authors>:“More work is needed,”] the authors write.";
    science_paper_concludes: "The paper concludes that the risk is [q=<The paper>:“small but real”].";
    social_replied: "One user replied: [q=<One user>:“Absolute scenes tonight.”] Another wrote: [q=<Another>:“Unreal, just unreal.”]";
    obit: "He once told an interviewer that fame was [q:“a bad suit that never fits”].";
}
