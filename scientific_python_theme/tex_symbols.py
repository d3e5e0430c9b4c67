"""Commands that are one symbol, where the table of latex2mathml and MathJax name the same character."""

from __future__ import annotations

# Names without their backslash. The table knows 2,375 more that MathJax does not: a project may
# have made one of those (``\dd``, ``\e``) a command of its own, so they are left alone.
_NAMES = """
    And Bbbk Box Bumpeq Cap Cup Delta Doteq Downarrow Finv Game Gamma Im Lambda Leftarrow Leftrightarrow
    Lleftarrow Longleftarrow Longleftrightarrow Longrightarrow Lsh Omega Phi Pi Psi Re Rightarrow
    Rrightarrow Rsh S Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi aleph
    alpha amalg angle approx approxeq ast asymp backprime backsim backsimeq backslash barwedge because
    beta beth between bigcap bigcirc bigcup bigodot bigoplus bigotimes bigsqcup bigstar bigtriangledown
    bigtriangleup biguplus bigvee bigwedge blacklozenge blacktriangle blacktriangledown bot bowtie
    boxdot boxminus boxplus boxtimes bumpeq cap cdot cdotp cdots checkmark chi circ circeq
    circlearrowleft circlearrowright circledR circledS circledast circledcirc circleddash clubsuit colon
    complement cong coprod cup curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft
    curvearrowright dagger daleth dashleftarrow dashrightarrow dashv ddagger ddots degree delta diagdown
    diagup diamond diamondsuit digamma div divideontimes doteq doteqdot dotplus dots dotsb dotsc dotsi
    dotsm dotso downarrow downdownarrows downharpoonleft downharpoonright ell emptyset epsilon eqcirc
    eqsim eqslantgtr eqslantless equiv eta eth exists fallingdotseq flat forall frown gamma ge geq geqq
    geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim gt gtrapprox gtrdot gtreqless gtreqqless
    gtrless gtrsim gvertneqq hbar heartsuit hookleftarrow hookrightarrow hslash iff iiiint iiint iint
    imath impliedby implies in infty int intercal iota jmath kappa lVert lambda land langle lbrace
    lbrack lceil ldotp ldots le leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows
    leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq
    leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lgroup ll llcorner lll
    llless lmoustache lnapprox lneq lneqq lnot lnsim longleftarrow longleftrightarrow longmapsto
    longrightarrow looparrowleft looparrowright lor lozenge lparen lrcorner lt ltimes lvert lvertneqq
    maltese mapsto measuredangle mho mid mp mu multimap nLeftarrow nLeftrightarrow nRightarrow nVDash
    nVdash nabla natural ncong ne nearrow neg neq nexists ngeq ngeqq ngtr ni nleftarrow nleftrightarrow
    nleq nless nmid notin nparallel nprec npreceq nrightarrow nshortmid nshortparallel nsim nsubseteq
    nsubseteqq nsucc nsucceq nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu
    nvDash nvdash nwarrow odot oint omega omicron ominus oplus oslash otimes owns parallel partial perp
    phi pi pitchfork pm prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime
    prod propto psi quad rVert rangle rbrace rbrack rceil restriction rfloor rgroup rho rightarrow
    rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
    rightsquigarrow rightthreetimes risingdotseq rmoustache rparen rtimes rvert searrow setminus sharp
    shortmid sigma sim simeq smallfrown smallint smallsetminus smallsmile smile spadesuit sphericalangle
    sqcap sqcup sqsubset sqsubseteq sqsupset sqsupseteq square star subset subseteq subseteqq subsetneq
    subsetneqq succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum supset
    supseteq supseteqq supsetneq supsetneqq surd swarrow tau therefore theta thickapprox thicksim times
    to top triangle trianglelefteq triangleq trianglerighteq twoheadleftarrow twoheadrightarrow ulcorner
    unlhd unrhd uparrow updownarrow upharpoonleft upharpoonright uplus upsilon upuparrows urcorner vDash
    varDelta varGamma varLambda varOmega varPhi varPi varPsi varSigma varTheta varUpsilon varXi
    varepsilon varkappa varnothing varphi varpi varpropto varrho varsigma varsubsetneq varsubsetneqq
    varsupsetneq varsupsetneqq vartheta vartriangle vartriangleleft vartriangleright vdash vdots vee
    veebar vert wedge wp wr xi yen zeta
    """
NAMES = frozenset(_NAMES.split())
