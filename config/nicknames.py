"""First names and what people who bear them are called: English, and a few other languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

_TABLE = """
Abigail: Abby, Abbie, Gail
Abraham: Abe, Bram
Adelaide: Addie, Heidi
Agnes: Aggie, Nessa
Albert: Al, Bert, Bertie
Alberto: Beto, Berto
Alejandra: Ale, Alex, Jandra
Alejandro: Ale, Alex, Jandro
Alexander: Al, Alec, Alex, Lex, Sandy, Sascha, Sasha, Xander
Alexandra: Alex, Lexi, Sandra, Sandy, Sascha, Sasha
Alexandre: Alex
Alfred: Al, Alf, Fred, Freddie
Alfredo: Fredo
Alice: Ally
Alison: Ali, Ally
Allison: Ali, Allie, Ally
Alphonse: Al, Fons
Amanda: Mandy
Amelia: Amy, Millie
Andrea: Andi
Andreas: Andi
Andrew: Andy, Drew
Ann: Annie, Nan
Anna: Annie
Anne: Annie, Nan
Anthony: Ant, Tony
Anton: Toni
Antonia: Toni
Antonio: Toni, Toño, Tony
Archibald: Archie
Arnold: Arnie
Arthur: Art, Artie
Augustine: Augie, Gus
Augustus: Augie, Gus
August: Augie, Gus
Barbara: Babs, Barb, Barbie, Bärbel
Bartholomew: Bart
Beatrice: Bea, Trixie
Beatriz: Bea
Benedict: Ben
Benjamin: Ben, Benji, Benny
Bernard: Bern, Bernie
Bernhard: Bernie, Bernd
Bertram: Bert
Beverly: Bev
Bradford: Brad
Bradley: Brad
Bridget: Biddy
Brigitte: Gitti
Caleb: Cal
Calvin: Cal
Cameron: Cam
Carmen: Carmela
Caroline: Carrie, Caro, Lina
Carolyn: Carol, Carrie, Lynn
Cassandra: Cass, Cassie
Catherine: Cat, Cate, Cathy, Kate, Kathy, Katie, Kitty
Cecilia: Ceci, Celia, Cissy
Charles: Charley, Charlie, Chas, Chaz, Chip, Chuck
Charlotte: Charlie, Lottie
Christian: Chris
Christina: Chris, Chrissy, Tina
Christine: Chris, Chrissy, Tina
Christoph: Chris
Christophe: Chris
Christopher: Chris, Kit, Topher
Clarence: Clare
Clifford: Cliff
Clifton: Cliff
Clinton: Clint
Concepción: Concha, Conchita
Constance: Connie
Cornelius: Con, Neil
Curtis: Curt
Cynthia: Cindy
Daniel: Dan, Danny
Daniela: Dani
Danielle: Dani
David: Dave, Davey
Deborah: Deb, Debbie, Debby, Debra
Debra: Deb, Debbie, Debby
Delores: Lola
Denise: Deni
Dennis: Denny
Diana: Di
Diane: Di
Dolores: Lola
Dominic: Dom, Nick
Dominik: Dom
Donald: Don, Donnie
Dorothea: Dora, Thea
Dorothy: Dolly, Dot, Dottie
Douglas: Doug
Duncan: Dunc
Dwight: Ike
Eduardo: Edu, Eddie, Lalo
Edgar: Ed, Eddie
Edmund: Ed, Eddie, Ned, Ted
Eduard: Edi
Edward: Ed, Eddie, Ned, Ted, Teddy
Edwin: Ed, Eddie, Win
Eleanor: Ellie, Nell, Nora
Elena: Lena
Elijah: Eli
Elisabeth: Elsbeth, Lisbeth, Liesl, Lisa, Sissi
Elizabeth: Beth, Betsy, Bette, Betty, Eliza, Libby, Lisbeth, Liz, Lizzie, Liza
Emanuel: Manny
Emily: Em, Millie
Emmanuel: Manny, Manu
Enrique: Kike, Quique
Eric: Rick
Ernest: Ernie
Ernesto: Neto
Esther: Essie, Hetty
Eugene: Gene
Eugenia: Genie
Evelyn: Evie
Ezekiel: Zeke
Federico: Fede, Freddy
Ferdinand: Ferdi, Ferdy
Fernando: Fer, Nando
Florence: Flo, Florrie
Frances: Fran, Francie, Frankie
Francis: Frank, Frankie
Francisca: Paca, Paquita
Francisco: Cisco, Curro, Fran, Paco, Pancho, Paquito
Franklin: Frank, Frankie
Franz: Franzl
Frederic: Fred, Freddie, Rick
Frédéric: Fred
Frederick: Fred, Freddie, Freddy, Rick, Ricky
Friedrich: Fritz, Fred
Gabriel: Gabe, Gabi
Gabriela: Gaby, Gabi
Gabriele: Gabi
Geoffrey: Geoff, Jeff
Georg: Schorsch
Gerald: Gerry, Jerry
Geraldine: Gerry
Gerard: Gerry, Jerry
Gerhard: Gerd
Gertrude: Trudy, Gertie
Gilbert: Gil
Gonzalo: Gonza
Grace: Gracie
Graciela: Chela
Gregorio: Goyo, Greg
Gregory: Greg
Guadalupe: Lupe, Lupita
Guillaume: Guy
Guillermo: Memo, Guille
Gwendolyn: Gwen
Harold: Hal, Harry
Harriet: Hattie
Heinrich: Heiner, Heinz
Helen: Nell, Nellie
Helena: Lena
Henrietta: Etta, Hetty
Henry: Hal, Hank, Harry
Herbert: Bert, Herb
Herman: Herm
Howard: Howie
Hubert: Bert, Hub
Ignacio: Nacho
Isaac: Ike
Isabel: Bel, Chabela, Isa, Izzy
Isabella: Bella, Izzy
Isidore: Izzy
Jackson: Jack
Jacob: Jake
Jacqueline: Jackie
Jacques: Jacky
James: Jamie, Jim, Jimmie, Jimmy
Jane: Janie
Janet: Jan
Janice: Jan
Jeanette: Jean
Jefferson: Jeff
Jeffrey: Jeff
Jennifer: Jen, Jenn, Jenny
Jeremiah: Jerry
Jeremy: Jem, Jerry
Jerome: Jerry
Jessica: Jess, Jessie
Jesús: Chucho, Chuy, Suso
Joachim: Achim, Jochen
Joan: Joanie
Joanna: Jo
Joanne: Jo
Johann: Hans, Hannes
Johanna: Hanna, Jo
Johannes: Hannes, Hans, Jo
John: Jack, Johnnie, Johnny
Jonathan: Jon, Jonny, Nathan
Jonathon: Jon
Jorge: Coque
Josef: Sepp
José: Pepe, Pepito, Chepe
Joseph: Jo, Joe, Joey, Jos
Josefina: Fina, Pepa
Josefa: Pepa
Josephine: Jo, Josie
Joshua: Josh
Judith: Judi, Judy
Julia: Jules, Julie
Julian: Jules
Karl: Kalle
Katharina: Kathi, Käthe
Katherine: Kate, Kat, Kathy, Katie, Kay, Kit, Kitty
Kathleen: Kate, Kathy, Katie, Kay
Kathryn: Kate, Kat, Kathy, Katie, Kay
Kenneth: Ken, Kenny
Kimberly: Kim
Kimberley: Kim
Kristen: Kris
Kristina: Kris, Tina
Kristine: Kris
Lawrence: Larry, Laurie, Lon
Laurence: Larry, Laurie
Leonard: Len, Lenny, Leo
Leonardo: Leo
Leopold: Leo, Poldi
Leroy: Roy
Leslie: Les
Lester: Les
Lewis: Lew, Lou
Lillian: Lil, Lily
Linda: Lin, Lindy
Louis: Lou, Louie
Louise: Lou
Lucille: Lucy
Ludwig: Lutz, Wiggerl
Luis: Lucho
Luisa: Lulu
Madeleine: Maddie, Mado
Madeline: Maddie
Magdalena: Lena, Leni, Magda
Malcolm: Mal
Manuel: Manolo, Manny, Lolo
Marcus: Marc
Margaret: Greta, Madge, Maggie, Marge, Margie, Meg, Meggie, Peg, Peggy, Rita
Margarete: Grete, Gretel, Gitta
Margarita: Margot, Rita
María: Mari, Maruja
Maria: Mia, Mitzi
Marianne: Nanne
Marie: Mimi
Marilyn: Lyn
Marjorie: Marge, Margie
Martha: Marty, Patty
Martin: Mart, Marty
Mary: Mamie, Molly, Polly
Matthew: Mat, Matt
Matthias: Matze, Hias
Maurice: Mo, Maury
Maximilian: Max
Maxwell: Max
Melanie: Mel
Melissa: Mel, Missy
Melvin: Mel
Michael: Mick, Mickey, Micha, Mike, Mikey
Michel: Michou
Miguel: Mike, Miki
Michelle: Shelly
Mildred: Millie
Mitchell: Mitch
Monika: Moni
Montgomery: Monty
Moses: Moe
Nancy: Nan
Natalie: Nat
Natasha: Tasha
Nathan: Nat, Nate
Nathaniel: Nat, Nate
Nicholas: Nic, Nick, Nicky
Nicolas: Nico, Nick
Nicolás: Nico
Nicole: Nicki, Nicky, Nikki
Nikolaus: Klaus, Niki
Norman: Norm
Octavio: Tavo
Oliver: Ollie
Olivia: Livvy
Oscar: Ozzie
Oswald: Ozzie
Pamela: Pam
Patricia: Pat, Patsy, Patti, Patty, Tricia, Trish
Patrick: Paddy, Pat, Rick
Paul: Pauly
Paula: Polly
Pauline: Polly
Pedro: Perico
Penelope: Penny
Peter: Pete
Philip: Phil
Philippe: Phil
Phillip: Phil
Phyllis: Phyl
Priscilla: Cilla
Prudence: Prue
Rachel: Rae
Rafael: Rafa, Rafi
Ralph: Rafe
Ramón: Moncho
Randall: Randy
Randolph: Randy
Raphael: Rafe
Raymond: Ray
Rebecca: Becca, Becky
Reginald: Reg, Reggie
Reuben: Rube, Ruben
Ricardo: Ricky
Richard: Dick, Rich, Richie, Rick, Rickey, Ricky
Rigoberto: Rigo
Robert: Bert, Bob, Bobbie, Bobby, Rob, Robbie, Robby
Roberta: Bobbie, Robbie
Roberto: Beto, Berto
Roderick: Rod, Rick
Rodney: Rod
Rodolfo: Fito
Roger: Rodge
Roland: Rollie
Ronald: Ron, Ronnie, Ronny
Rosario: Charo
Rosemary: Rose, Rosie
Rudolf: Rudi
Rudolph: Rudy
Rupert: Bert
Russell: Russ, Rusty
Salvador: Chava, Sal
Salvatore: Sal
Samantha: Sam, Sammie
Samuel: Sam, Sammie, Sammy
Sandra: Sandy
Santiago: Santi
Sarah: Sadie, Sally
Sebastian: Bastian, Basti, Seb
Sébastien: Seb
Seymour: Cy
Shirley: Shirl
Sidney: Sid
Sydney: Syd
Siegfried: Sigi
Silvester: Sly
Solomon: Sol
Sophia: Sophie
Stanley: Stan
Stefanie: Steffi
Stephan: Steph
Stephanie: Steph, Stevie
Stephen: Steph, Steve, Stevie
Steven: Steve, Stevie
Stewart: Stew
Stuart: Stu
Susan: Sue, Susie, Suzy
Susanna: Sue, Susie
Suzanne: Sue, Suzie, Suzy
Sylvester: Sly
Sylvia: Syl
Tabitha: Tabby
Terence: Terry
Teresa: Terry, Tere, Tess
Terrance: Terry
Terrence: Terry
Thaddeus: Tad, Thad
Theodora: Dora, Theo
Theodor: Theo
Theodore: Ted, Teddy, Theo
Theresa: Resi, Terry, Tess
Thomas: Thom, Tom, Tommie, Tommy
Timothy: Tim, Timmy
Tobias: Toby
Tomás: Tom
Trevor: Trev
Ulrich: Uli
Ulrike: Uli
Ursula: Uschi
Valerie: Val
Vanessa: Nessa
Vernon: Vern
Veronica: Ronnie, Vero
Vicente: Chente
Victor: Vic
Victoria: Tori, Vicki, Vicky
Vincent: Vin, Vince, Vinnie
Virginia: Ginger, Ginny
Wallace: Wally
Walter: Walt, Wally
Wendell: Dell
Wesley: Wes
Wilfred: Fred, Wilf
Wilhelm: Helmi, Willi, Willy
William: Bill, Billy, Liam, Will, Willie, Willy
Winifred: Winnie
Winston: Win
Wolfgang: Wolf, Wolfi
Xavier: Xavi
Zachariah: Zach, Zack
Zachary: Zac, Zach, Zack, Zak
"""


def _read(table: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in table.strip().splitlines():
        name, _, short = line.partition(":")
        found[name].add(name)
        for one in filter(None, map(str.strip, short.split(","))):
            found[one].add(name)
    return MappingProxyType({name: frozenset(formal) for name, formal in found.items()})


FORMAL: Mapping[str, frozenset[str]] = _read(_TABLE)
"""A name as people are called → the first names that it may stand for, itself among them."""
