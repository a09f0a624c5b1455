<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open...</source>
        <translation>열기(&amp;O)...</translation>
    </message>
    <message>
        <source>Open pictures, or a result of ours to restore its run</source>
        <translation>이미지를 열거나, 이 프로그램이 만든 결과를 열어 그 실행을 되살립니다</translation>
    </message>
    <message>
        <source>&amp;Sample</source>
        <translation>샘플(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Save result...</source>
        <translation>결과 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>Save the picture that is shown in the result&apos;s place</source>
        <translation>결과 자리에 보이는 이미지를 저장합니다</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>내보내기(&amp;E)...</translation>
    </message>
    <message>
        <source>Export the result, all candidates, a sheet of them, the grid or the steps: as PNG, JPEG, WebP or TIFF</source>
        <translation>결과, 모든 후보, 후보를 모은 시트, 격자 또는 단계를 PNG, JPEG, WebP, TIFF로 내보냅니다</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>창을 닫습니다</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>마지막 변경을 되돌립니다</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>다시 실행(&amp;E)</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>되돌린 변경을 다시 합니다</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>이미지 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the result that is shown</source>
        <translation>보이는 결과를 복사합니다</translation>
    </message>
    <message>
        <source>Copy &amp;parameters</source>
        <translation>매개변수 복사(&amp;P)</translation>
    </message>
    <message>
        <source>Copy the values of the shown run as text</source>
        <translation>보이는 실행의 값을 텍스트로 복사합니다</translation>
    </message>
    <message>
        <source>&amp;Paste into slot</source>
        <translation>슬롯에 붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>Paste a picture into the slot with the focus, or the first empty one</source>
        <translation>포커스가 있는 슬롯이나 첫 번째 빈 슬롯에 이미지를 붙여넣습니다</translation>
    </message>
    <message>
        <source>&amp;Swap the first two pictures</source>
        <translation>처음 두 이미지 바꾸기(&amp;S)</translation>
    </message>
    <message>
        <source>Exchange the first two pictures</source>
        <translation>처음 두 이미지를 서로 바꿉니다</translation>
    </message>
    <message>
        <source>Swap the first and the &amp;third picture</source>
        <translation>첫째와 셋째 이미지 바꾸기(&amp;T)</translation>
    </message>
    <message>
        <source>Exchange the first and the third picture</source>
        <translation>첫째 이미지와 셋째 이미지를 서로 바꿉니다</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>격자(&amp;G)</translation>
    </message>
    <message>
        <source>Show all pictures (0)</source>
        <translation>모든 이미지를 보여 줍니다 (0)</translation>
    </message>
    <message>
        <source>&amp;Result</source>
        <translation>결과(&amp;R)</translation>
    </message>
    <message>
        <source>Show the result alone</source>
        <translation>결과만 보여 줍니다</translation>
    </message>
    <message>
        <source>As the &amp;network sees it</source>
        <translation>신경망이 보는 대로(&amp;N)</translation>
    </message>
    <message>
        <source>Show the latent of all cells as the network sees it at the step, noise and all</source>
        <translation>모든 칸의 잠재 변수를 그 단계에서 신경망이 보는 그대로, 노이즈까지 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>Lay two pictures over each other: results, inputs, steps</source>
        <translation>두 이미지를 겹쳐 봅니다: 결과, 입력, 단계</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>내부 보기(&amp;I)</translation>
    </message>
    <message>
        <source>Look into the network at the step that is shown</source>
        <translation>보이는 단계에서 신경망 안을 들여다봅니다</translation>
    </message>
    <message>
        <source>&amp;Play the steps</source>
        <translation>단계 재생(&amp;P)</translation>
    </message>
    <message>
        <source>Go through the steps of the run, over and over</source>
        <translation>실행의 단계를 되풀이해서 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>맞춤(&amp;F)</translation>
    </message>
    <message>
        <source>Fit the pictures into the view</source>
        <translation>이미지를 보기 크기에 맞춥니다</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>100 %(&amp;1)</translation>
    </message>
    <message>
        <source>Show the pictures at a scale of one</source>
        <translation>이미지를 원래 크기로 보여 줍니다</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>크게 봅니다</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>Reduce</source>
        <translation>작게 봅니다</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>Picture and time line alone</source>
        <translation>이미지와 타임라인만 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>실행(&amp;R)</translation>
    </message>
    <message>
        <source>Make the picture</source>
        <translation>이미지를 만듭니다</translation>
    </message>
    <message>
        <source>Run &amp;next</source>
        <translation>다음으로 실행(&amp;N)</translation>
    </message>
    <message>
        <source>Make the picture, in front of those that wait</source>
        <translation>기다리는 실행들보다 먼저 이미지를 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>Start none of the runs that wait when this one has ended</source>
        <translation>이번 실행이 끝나면 기다리는 실행을 시작하지 않습니다</translation>
    </message>
    <message>
        <source>Pause &amp;now</source>
        <translation>지금 일시 정지(&amp;N)</translation>
    </message>
    <message>
        <source>Pause the run in progress, too: it keeps its step, and goes on from there</source>
        <translation>진행 중인 실행도 멈춥니다. 단계를 그대로 두고 거기서 이어 갑니다</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>비우기(&amp;C)</translation>
    </message>
    <message>
        <source>Take all runs that wait out of the queue</source>
        <translation>기다리는 실행을 모두 대기열에서 뺍니다</translation>
    </message>
    <message>
        <source>&amp;Until stopped</source>
        <translation>멈출 때까지(&amp;U)</translation>
    </message>
    <message>
        <source>Run again and again with new seeds, until it is stopped</source>
        <translation>멈출 때까지 새 시드로 계속 실행합니다</translation>
    </message>
    <message>
        <source>S&amp;weep...</source>
        <translation>스윕(&amp;W)...</translation>
    </message>
    <message>
        <source>Make the picture with every combination of some values, and one sheet of all of them</source>
        <translation>몇 가지 값의 모든 조합으로 이미지를 만들고 한 장의 시트로 모읍니다</translation>
    </message>
    <message>
        <source>Stop and &amp;discard</source>
        <translation>멈추고 버리기(&amp;D)</translation>
    </message>
    <message>
        <source>Stop after this step and drop the run</source>
        <translation>이 단계가 끝나면 멈추고 실행을 버립니다</translation>
    </message>
    <message>
        <source>Stop and &amp;keep</source>
        <translation>멈추고 남기기(&amp;K)</translation>
    </message>
    <message>
        <source>Stop after this step and keep the picture so far</source>
        <translation>이 단계가 끝나면 멈추고 그때까지의 이미지를 남깁니다</translation>
    </message>
    <message>
        <source>&amp;Go on from there</source>
        <translation>거기서 이어 가기(&amp;G)</translation>
    </message>
    <message>
        <source>Go on with the shown run from the step at which it stopped</source>
        <translation>보이는 실행을 멈춘 단계에서 이어 갑니다</translation>
    </message>
    <message>
        <source>&amp;Branch from this step</source>
        <translation>이 단계에서 분기(&amp;B)</translation>
    </message>
    <message>
        <source>Let the next run take over the steps up to the one that is shown, and go on with other values</source>
        <translation>다음 실행이 보이는 단계까지를 넘겨받아 다른 값으로 이어 갑니다</translation>
    </message>
    <message>
        <source>Leave the branc&amp;h</source>
        <translation>분기 그만두기(&amp;H)</translation>
    </message>
    <message>
        <source>Let the next run begin at its start again; the values stay</source>
        <translation>다음 실행을 다시 처음부터 시작합니다. 값은 그대로 둡니다</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>검증(&amp;V)</translation>
    </message>
    <message>
        <source>Make the shown run again, and say whether it comes out the same bit for bit</source>
        <translation>보이는 실행을 다시 해 보고 비트까지 똑같이 나오는지 알려 줍니다</translation>
    </message>
    <message>
        <source>&amp;New random seed</source>
        <translation>새 무작위 시드(&amp;N)</translation>
    </message>
    <message>
        <source>Draw another seed, for the next run unless the seed is locked</source>
        <translation>다른 시드를 뽑습니다. 시드가 잠겨 있지 않으면 다음 실행에 쓰입니다</translation>
    </message>
    <message>
        <source>&amp;Lock seed</source>
        <translation>시드 잠그기(&amp;L)</translation>
    </message>
    <message>
        <source>Locked: every run takes the same seed, at first that of the run that is shown</source>
        <translation>잠그면 모든 실행이 같은 시드를 씁니다. 처음에는 보이는 실행의 시드입니다</translation>
    </message>
    <message>
        <source>D&amp;ecode the step in full</source>
        <translation>단계를 완전히 디코딩(&amp;E)</translation>
    </message>
    <message>
        <source>Decode the step that is shown in full</source>
        <translation>보이는 단계를 완전히 디코딩합니다</translation>
    </message>
    <message>
        <source>&amp;About Simile</source>
        <translation>Simile 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>버전과 라이선스</translation>
    </message>
    <message>
        <source>&amp;Find a command...</source>
        <translation>명령 찾기(&amp;F)...</translation>
    </message>
    <message>
        <source>Find what the window can do by some words, and do it</source>
        <translation>창에서 할 수 있는 일을 단어로 찾아 실행합니다</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>단축키(&amp;S)</translation>
    </message>
    <message>
        <source>All keys in a list, to be changed there</source>
        <translation>모든 키의 목록. 여기서 바꿀 수 있습니다</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>붓</translation>
    </message>
    <message>
        <source>Mark what is painted anew</source>
        <translation>새로 그릴 곳을 표시합니다</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Take marks away, as the right button does</source>
        <translation>표시를 지웁니다. 마우스 오른쪽 단추와 같습니다</translation>
    </message>
    <message>
        <source>White</source>
        <translation>흰색</translation>
    </message>
    <message>
        <source>Paint white: lines of an edge map</source>
        <translation>흰색으로 칠합니다: 윤곽 맵의 선</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>검은색</translation>
    </message>
    <message>
        <source>Paint black: takes lines of an edge map away</source>
        <translation>검은색으로 칠합니다: 윤곽 맵의 선을 지웁니다</translation>
    </message>
    <message>
        <source>Pick colour</source>
        <translation>색 고르기</translation>
    </message>
    <message>
        <source>Paint with a colour of the map: the next click takes it</source>
        <translation>맵에 있는 색으로 칠합니다: 다음에 클릭하는 곳의 색을 고릅니다</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>붓 작게</translation>
    </message>
    <message>
        <source>A smaller brush</source>
        <translation>붓을 작게 합니다</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>붓 크게</translation>
    </message>
    <message>
        <source>A larger brush</source>
        <translation>붓을 크게 합니다</translation>
    </message>
    <message>
        <source>Fill all</source>
        <translation>모두 채우기</translation>
    </message>
    <message>
        <source>Paint everything</source>
        <translation>전체를 칠합니다</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Take everything away: all black</source>
        <translation>모두 지웁니다: 전체가 검은색이 됩니다</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>반전</translation>
    </message>
    <message>
        <source>Exchange black and white</source>
        <translation>검은색과 흰색을 서로 바꿉니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Leave off, with everything as it was before</source>
        <translation>전부 이전 상태로 둔 채 그만둡니다</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Go back to the pictures</source>
        <translation>이미지로 돌아갑니다</translation>
    </message>
    <message>
        <source>There is nothing to save yet</source>
        <translation>아직 저장할 것이 없습니다</translation>
    </message>
    <message>
        <source>There is nothing to export yet</source>
        <translation>아직 내보낼 것이 없습니다</translation>
    </message>
    <message>
        <source>There is nothing to copy yet</source>
        <translation>아직 복사할 것이 없습니다</translation>
    </message>
    <message>
        <source>There is no run yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>변경된 것이 없습니다</translation>
    </message>
    <message>
        <source>Nothing was taken back</source>
        <translation>되돌린 것이 없습니다</translation>
    </message>
    <message>
        <source>Only in a grid, and not in a branch</source>
        <translation>격자에서만, 그리고 분기가 아닐 때만 됩니다</translation>
    </message>
    <message>
        <source>No run is in progress</source>
        <translation>진행 중인 실행이 없습니다</translation>
    </message>
    <message>
        <source>No run is in progress, and none waits</source>
        <translation>진행 중이거나 기다리는 실행이 없습니다</translation>
    </message>
    <message>
        <source>No run waits</source>
        <translation>기다리는 실행이 없습니다</translation>
    </message>
    <message>
        <source>The shown run did not stop on its way</source>
        <translation>보이는 실행은 도중에 멈춘 것이 아닙니다</translation>
    </message>
    <message>
        <source>No step is shown from which a run could go on</source>
        <translation>실행이 이어 갈 수 있는 단계가 보이지 않습니다</translation>
    </message>
    <message>
        <source>The next run is no branch</source>
        <translation>다음 실행은 분기가 아닙니다</translation>
    </message>
    <message>
        <source>No run is shown that could be made again now</source>
        <translation>지금 다시 할 수 있는 실행이 보이지 않습니다</translation>
    </message>
    <message>
        <source>No step is shown that could be decoded</source>
        <translation>디코딩할 수 있는 단계가 보이지 않습니다</translation>
    </message>
    <message>
        <source>Enlarge a picture</source>
        <translation>이미지 하나를 크게 봅니다</translation>
    </message>
    <message>
        <source>Back to all pictures</source>
        <translation>모든 이미지로 돌아갑니다</translation>
    </message>
    <message>
        <source>Held down: the picture before, in the result&apos;s place</source>
        <translation>누르고 있는 동안: 결과 자리에 이전 이미지를 보여 줍니다</translation>
    </message>
    <message>
        <source>Held down: the pointer moves the picture</source>
        <translation>누르고 있는 동안: 포인터로 이미지를 옮깁니다</translation>
    </message>
    <message>
        <source>Move a picture among those of its slot</source>
        <translation>같은 슬롯의 이미지들 사이에서 이미지를 옮깁니다</translation>
    </message>
    <message>
        <source>Move the brush; with Shift by a pixel</source>
        <translation>붓을 움직입니다. Shift와 함께 누르면 한 픽셀씩 움직입니다</translation>
    </message>
    <message>
        <source>Paint where the brush is</source>
        <translation>붓이 있는 곳을 칠합니다</translation>
    </message>
    <message>
        <source>Erase where the brush is</source>
        <translation>붓이 있는 곳을 지웁니다</translation>
    </message>
    <message>
        <source>Held down: without what was painted</source>
        <translation>누르고 있는 동안: 칠한 것을 빼고 보여 줍니다</translation>
    </message>
    <message>
        <source>Copy the &amp;marked grid</source>
        <translation>표시한 격자 복사(&amp;M)</translation>
    </message>
    <message>
        <source>Copy the grid with letters and arrows, to ask a vision-language model for a prompt</source>
        <translation>시각 언어 모델에 프롬프트를 물어볼 수 있게, 글자와 화살표를 넣은 격자를 복사합니다</translation>
    </message>
    <message>
        <source>Copy its &amp;question</source>
        <translation>그 질문 복사(&amp;Q)</translation>
    </message>
    <message>
        <source>Copy what a vision-language model is asked about the marked grid</source>
        <translation>표시한 격자에 대해 시각 언어 모델에 물을 말을 복사합니다</translation>
    </message>
    <message>
        <source>All ca&amp;ndidates...</source>
        <translation>모든 후보(&amp;N)...</translation>
    </message>
    <message>
        <source>All candidates of the run, large, to be sorted by a score</source>
        <translation>실행의 모든 후보를 크게 보고 점수로 정렬합니다</translation>
    </message>
    <message>
        <source>Only in a grid whose pictures are all there</source>
        <translation>이미지가 모두 있는 격자에서만 됩니다</translation>
    </message>
    <message>
        <source>Only in a grid</source>
        <translation>격자에서만 됩니다</translation>
    </message>
    <message>
        <source>The run has one picture</source>
        <translation>실행에 이미지가 하나뿐입니다</translation>
    </message>
    <message>
        <source>Fill the slots with a sample that works offline, and lock its seed</source>
        <translation>인터넷 없이도 되는 샘플로 슬롯을 채우고 그 시드를 잠급니다</translation>
    </message>
    <message>
        <source>Sett&amp;ings...</source>
        <translation>설정(&amp;I)...</translation>
    </message>
    <message>
        <source>Appearance, language, files, device and precision, what is kept</source>
        <translation>모양, 언어, 파일, 장치와 정밀도, 보관하는 것</translation>
    </message>
    <message>
        <source>For a f&amp;older or table...</source>
        <translation>폴더나 표로(&amp;O)...</translation>
    </message>
    <message>
        <source>Make the picture once for each picture of a folder, or for each row of a table</source>
        <translation>폴더의 이미지마다, 또는 표의 행마다 이미지를 한 번씩 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>What the mode does, what pictures it wants, and what can go wrong: pages to read and to search, offline</source>
        <translation>모드가 하는 일, 필요한 이미지, 잘못될 수 있는 것: 인터넷 없이 읽고 검색할 수 있는 페이지</translation>
    </message>
    <message>
        <source>First s&amp;teps</source>
        <translation>첫걸음(&amp;T)</translation>
    </message>
    <message>
        <source>Show what the modes do, each with a sample to try</source>
        <translation>모드가 하는 일을 해 볼 샘플과 함께 보여 줍니다</translation>
    </message>
    <message>
        <source>Choose a &amp;model...</source>
        <translation>모델 고르기(&amp;M)...</translation>
    </message>
    <message>
        <source>Go to the panel where another model is chosen, for photographs</source>
        <translation>사진을 위해 다른 모델을 고르는 패널로 갑니다</translation>
    </message>
    <message>
        <source>Release the ne&amp;tworks</source>
        <translation>신경망 메모리에서 내리기(&amp;T)</translation>
    </message>
    <message>
        <source>Free the memory that the model and the other networks take; the next run loads them again</source>
        <translation>모델과 다른 신경망이 차지한 메모리를 비웁니다. 다음 실행에서 다시 불러옵니다</translation>
    </message>
    <message>
        <source>&amp;Get models...</source>
        <translation>모델 받기(&amp;G)...</translation>
    </message>
    <message>
        <source>Models for photographs and what goes with them: fetched from where they are published, taken in, verified, moved</source>
        <translation>사진을 위한 모델과 그에 딸린 것을 배포된 곳에서 받고, 가져오고, 확인하고, 옮깁니다</translation>
    </message>
    <message>
        <source>Models on this &amp;computer...</source>
        <translation>이 컴퓨터의 모델(&amp;C)...</translation>
    </message>
    <message>
        <source>List the networks that are on this computer already: what each is, for which mode, and whether it fits</source>
        <translation>이 컴퓨터에 이미 있는 신경망을 보여 줍니다. 각각이 무엇이고 어느 모드에 쓰이며 맞는지를 알려 줍니다</translation>
    </message>
</context>
<context>
    <name>BatchBar</name>
    <message>
        <source>%1 of %2 are made; about %3 left.</source>
        <translation>%1/%2개를 만들었습니다. 약 %3 남았습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 are made.</source>
        <translation>%1/%2개를 만들었습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 are made, %3 failed; about %4 left.</source>
        <translation>%1/%2개를 만들었고 %3개가 실패했습니다. 약 %4 남았습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 are made, %3 failed.</source>
        <translation>%1/%2개를 만들었고 %3개가 실패했습니다.</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>목록 보기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Only what &amp;failed</source>
        <translation>실패한 것만(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>폴더 열기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>For a folder or table</source>
        <translation>폴더나 표로</translation>
    </message>
    <message>
        <source>Makes the picture once for each picture of a folder, or for each row of a table, with all else as it is set now.</source>
        <translation>폴더의 이미지마다, 또는 표의 행마다 이미지를 한 번씩 만듭니다. 나머지는 지금 설정된 그대로입니다.</translation>
    </message>
    <message>
        <source>&amp;Pictures</source>
        <translation>이미지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Of all that have none of their own in the table</source>
        <translation>표에 따로 정하지 않은 모든 것의 시드</translation>
    </message>
    <message>
        <source>S&amp;eed</source>
        <translation>시드(&amp;E)</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <source>Folder or table of the pictures</source>
        <translation>이미지의 폴더나 표</translation>
    </message>
    <message>
        <source>A folder or a table (CSV), chosen or dropped here</source>
        <translation>고르거나 여기에 놓은 폴더나 표(CSV)</translation>
    </message>
    <message>
        <source>Fol&amp;der...</source>
        <translation>폴더(&amp;D)...</translation>
    </message>
    <message>
        <source>&amp;Table...</source>
        <translation>표(&amp;T)...</translation>
    </message>
    <message>
        <source>A folder of pictures</source>
        <translation>이미지 폴더</translation>
    </message>
    <message>
        <source>A table of pictures</source>
        <translation>이미지 표</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>결과 폴더</translation>
    </message>
    <message>
        <source>The folder of the results</source>
        <translation>결과 폴더</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>표 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>For example %1</source>
        <translation>예: %1</translation>
    </message>
    <message>
        <source>This takes about %1.</source>
        <translation>약 %1 걸립니다.</translation>
    </message>
    <message>
        <source>To be made: %1.</source>
        <translation>만들 것: %1개.</translation>
    </message>
    <message>
        <source>There already: %1.</source>
        <translation>이미 있는 것: %1개.</translation>
    </message>
    <message>
        <source>Cannot be made: %1.</source>
        <translation>만들 수 없는 것: %1개.</translation>
    </message>
    <message>
        <source>The pictures are still being looked at.</source>
        <translation>아직 이미지를 살펴보는 중입니다.</translation>
    </message>
    <message>
        <source>&amp;Make the rest</source>
        <translation>나머지 만들기(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Make all</source>
        <translation>모두 만들기(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>다시 해 보기(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing is chosen yet: choose a folder or a table, or drop one here.</source>
        <translation>아직 고르지 않았습니다. 폴더나 표를 고르거나 여기에 놓으십시오.</translation>
    </message>
    <message>
        <source>The pictures are being listed...</source>
        <translation>이미지 목록을 만드는 중...</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>아직 필요한 것: %1</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>결과(&amp;R)</translation>
    </message>
</context>
<context>
    <name>BatchList</name>
    <message>
        <source>What is made of what</source>
        <translation>무엇으로 무엇을 만드는지</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Row %1</source>
        <translation>%1행</translation>
    </message>
    <message>
        <source>Row %1: %2</source>
        <translation>%1행: %2</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>made</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>there already</source>
        <translation>이미 있음</translation>
    </message>
    <message>
        <source>is being made</source>
        <translation>만드는 중</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>will be made</source>
        <translation>만들 예정</translation>
    </message>
</context>
<context>
    <name>BatchRunner</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>폴더 %1을(를) 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>중지되었습니다.</translation>
    </message>
    <message>
        <source>What was to be made was taken out of the queue.</source>
        <translation>만들 것을 대기열에서 뺐습니다.</translation>
    </message>
    <message>
        <source>%1 What is made by now is kept among the runs, and is written when you go on.</source>
        <translation>%1 지금까지 만든 것은 실행 목록에 보관되며, 이어서 할 때 저장됩니다.</translation>
    </message>
</context>
<context>
    <name>BranchBar</name>
    <message>
        <source>Leave the branch</source>
        <translation>분기 그만두기</translation>
    </message>
    <message>
        <source>a run that was deleted</source>
        <translation>삭제된 실행</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;Branch of %1 from step %2.&lt;/b&gt; Change what is not grey, then press Run.</source>
        <translation>&lt;b&gt;%1의 단계 %2에서 분기합니다.&lt;/b&gt; 회색이 아닌 것을 바꾼 다음 실행을 누르십시오.</translation>
    </message>
</context>
<context>
    <name>BranchDraft</name>
    <message>
        <source>Fixed in a branch: it has its first steps from another run.</source>
        <translation>분기에서는 바꿀 수 없습니다. 앞 단계들이 다른 실행의 것이기 때문입니다.</translation>
    </message>
    <message>
        <source>Fixed in a branch: it has its first steps from run %1, so this stays as it was there.</source>
        <translation>분기에서는 바꿀 수 없습니다. 앞 단계들이 실행 %1의 것이므로 거기서와 같아야 합니다.</translation>
    </message>
    <message>
        <source>the run that this branch goes on from, which was deleted</source>
        <translation>이 분기가 이어 가는 실행(삭제되었습니다)</translation>
    </message>
    <message>
        <source>for a branch of run %1, as it was there: %2</source>
        <translation>실행 %1의 분기를 위해 거기서와 같은 %2</translation>
    </message>
    <message>
        <source>Leave the branch</source>
        <translation>분기 그만두기</translation>
    </message>
</context>
<context>
    <name>CandidateSheet</name>
    <message>
        <source>As they were made</source>
        <translation>만든 순서</translation>
    </message>
    <message>
        <source>Structure kept (SSIM)</source>
        <translation>구조 유지(SSIM)</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>순서</translation>
    </message>
    <message>
        <source>&amp;CLIP&apos;s file...</source>
        <translation>CLIP 파일(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Save the sheet...</source>
        <translation>시트 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>All candidates</source>
        <translation>모든 후보</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>후보</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>순서(&amp;O)</translation>
    </message>
    <message>
        <source>The file of an image encoder of CLIP that you have, by which candidates are ranked: model.safetensors of openai/clip-vit-base-patch16</source>
        <translation>후보의 순위를 매길, 가지고 있는 CLIP 이미지 인코더의 파일: openai/clip-vit-base-patch16의 model.safetensors</translation>
    </message>
    <message>
        <source>Same change as the example (CLIP)</source>
        <translation>예와 같은 변화(CLIP)</translation>
    </message>
    <message>
        <source>Alike to the picture (CLIP)</source>
        <translation>이미지와 비슷함(CLIP)</translation>
    </message>
    <message>
        <source>The run that is shown has no candidates yet.</source>
        <translation>보이는 실행에는 아직 후보가 없습니다.</translation>
    </message>
    <message>
        <source>Choose one to have it in the result&apos;s place.</source>
        <translation>하나를 고르면 결과 자리에 놓입니다.</translation>
    </message>
    <message>
        <source>The run began with no picture, so there is nothing to compare with.</source>
        <translation>이미지 없이 시작한 실행이라 비교할 것이 없습니다.</translation>
    </message>
    <message>
        <source>This needs an image encoder of CLIP: choose its file above.</source>
        <translation>CLIP 이미지 인코더가 필요합니다. 위에서 그 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>Measuring...</source>
        <translation>재는 중...</translation>
    </message>
    <message>
        <source>For ranking your own results only: the number says nothing of how good a picture is.</source>
        <translation>자기 결과의 순위를 매기는 데만 쓰십시오. 이 수는 이미지가 얼마나 좋은지를 말해 주지 않습니다.</translation>
    </message>
    <message>
        <source>%1 · seed %2</source>
        <translation>%1 · 시드 %2</translation>
    </message>
    <message>
        <source>too small to measure</source>
        <translation>재기에는 너무 작음</translation>
    </message>
    <message>
        <source>all candidates</source>
        <translation>모든 후보</translation>
    </message>
    <message>
        <source>An image encoder of CLIP</source>
        <translation>CLIP 이미지 인코더</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.bin);;All files (*)</source>
        <translation>가중치 (*.safetensors *.bin);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>CandidateStrip</name>
    <message>
        <source>Candidates</source>
        <translation>후보</translation>
    </message>
    <message>
        <source>Candidate %1 of %2</source>
        <translation>후보 %1/%2</translation>
    </message>
</context>
<context>
    <name>CheckpointHelper</name>
    <message>
        <source>%1 could not be converted: %2.</source>
        <translation>%1을(를) 변환하지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>%1 could not be converted: the program for it did not start (%2).</source>
        <translation>%1을(를) 변환하지 못했습니다: 변환 프로그램이 시작되지 않았습니다(%2).</translation>
    </message>
    <message>
        <source>%1 could not be converted: the conversion did not come to an end and was stopped.</source>
        <translation>%1을(를) 변환하지 못했습니다: 변환이 끝나지 않아 중지했습니다.</translation>
    </message>
    <message>
        <source>%1 could not be converted: the conversion ended unexpectedly (signal %2).</source>
        <translation>%1을(를) 변환하지 못했습니다: 변환이 예기치 않게 끝났습니다(시그널 %2).</translation>
    </message>
    <message>
        <source>%1 could not be converted (status %2).</source>
        <translation>%1을(를) 변환하지 못했습니다(상태 %2).</translation>
    </message>
    <message>
        <source>%1 was converted to nothing.</source>
        <translation>%1을(를) 변환했으나 결과가 없습니다.</translation>
    </message>
    <message>
        <source>%1 could not be converted: what came of it cannot be read.</source>
        <translation>%1을(를) 변환하지 못했습니다. 만들어진 파일을 읽을 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>Find a command</source>
        <translation>명령 찾기</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>무엇을 하시겠습니까?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <translation>%1 › %2</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>도구 모음</translation>
    </message>
    <message>
        <source>Painting</source>
        <translation>칠하기</translation>
    </message>
    <message>
        <source>No command has these words.</source>
        <translation>이 단어들이 들어간 명령이 없습니다.</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>지금은 할 수 없습니다</translation>
    </message>
    <message>
        <source>Not possible now: %1</source>
        <translation>지금은 할 수 없습니다: %1</translation>
    </message>
</context>
<context>
    <name>CompareCanvas</name>
    <message>
        <source>The two pictures</source>
        <translation>두 이미지</translation>
    </message>
    <message>
        <source>Difference × %1</source>
        <translation>차이 × %1</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>The two pictures are the same, pixel for pixel.</source>
        <translation>두 이미지는 픽셀 하나까지 똑같습니다.</translation>
    </message>
    <message>
        <source>Difference: mean %1, largest %2 of 255; %3 % of the pixels changed; PSNR %4 dB</source>
        <translation>차이: 평균 %1, 최대 %2(255 중), 픽셀의 %3 %가 바뀜, PSNR %4 dB</translation>
    </message>
    <message>
        <source>, SSIM %1</source>
        <translation>, SSIM %1</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>첫째 이미지</translation>
    </message>
    <message>
        <source>Second picture</source>
        <translation>둘째 이미지</translation>
    </message>
    <message>
        <source>Exchange the two pictures</source>
        <translation>두 이미지를 서로 바꿉니다</translation>
    </message>
    <message>
        <source>Keep what is shown</source>
        <translation>보이는 것 남기기</translation>
    </message>
    <message>
        <source>Puts the picture that is shown at this step into the lists, so that it can be compared with others</source>
        <translation>이 단계에 보이는 이미지를 목록에 넣어 다른 것과 비교할 수 있게 합니다</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>쓸어 보기</translation>
    </message>
    <message>
        <source>The first picture left of a line, the second right of it: drag the line</source>
        <translation>선의 왼쪽은 첫째 이미지, 오른쪽은 둘째 이미지입니다. 선을 끌어 보십시오</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Beside each other, with one zoom for both</source>
        <translation>나란히 놓고 함께 확대합니다</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>번갈아</translation>
    </message>
    <message>
        <source>The second picture; hold the mouse button or B to see the first</source>
        <translation>둘째 이미지입니다. 마우스 단추나 B를 누르고 있으면 첫째 이미지가 보입니다</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>What the second picture has more, channel by channel</source>
        <translation>둘째 이미지가 채널마다 얼마나 더 큰지 보여 줍니다</translation>
    </message>
    <message>
        <source>What changed...</source>
        <translation>달라진 점...</translation>
    </message>
    <message>
        <source>What the two runs were asked for, where it is different</source>
        <translation>두 실행에 요청한 것 가운데 다른 점</translation>
    </message>
    <message>
        <source>There is nothing to compare yet: load pictures, or make a run.</source>
        <translation>아직 비교할 것이 없습니다. 이미지를 불러오거나 실행하십시오.</translation>
    </message>
    <message>
        <source>Choose two pictures above: results, inputs, or what is shown.</source>
        <translation>위에서 이미지 두 개를 고르십시오: 결과, 입력 또는 보이는 것.</translation>
    </message>
    <message>
        <source>The second picture (%1 × %2) was brought to the size of the first. </source>
        <translation>둘째 이미지(%1 × %2)는 첫째 이미지의 크기로 맞췄습니다. </translation>
    </message>
    <message>
        <source>Measuring...</source>
        <translation>재는 중...</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>비교</translation>
    </message>
</context>
<context>
    <name>Comparer</name>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>Run %1, step %2 of %3</source>
        <translation>실행 %1, 단계 %2/%3</translation>
    </message>
    <message>
        <source>What is shown: %1</source>
        <translation>보이는 것: %1</translation>
    </message>
    <message>
        <source>Kept: %1</source>
        <translation>남긴 것: %1</translation>
    </message>
    <message>
        <source>Input %1</source>
        <translation>입력 %1</translation>
    </message>
    <message>
        <source>Run %1, candidate %2</source>
        <translation>실행 %1, 후보 %2</translation>
    </message>
    <message>
        <source>CLIP similarity %1</source>
        <translation>CLIP 유사도 %1</translation>
    </message>
</context>
<context>
    <name>CropDialog</name>
    <message>
        <source>S&amp;quare, as a cell of the grid</source>
        <translation>정사각형, 격자의 칸처럼(&amp;Q)</translation>
    </message>
    <message>
        <source>Crop %1</source>
        <translation>%1 자르기</translation>
    </message>
    <message>
        <source>&amp;Crop</source>
        <translation>자르기(&amp;C)</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 픽셀</translation>
    </message>
</context>
<context>
    <name>CropFrame</name>
    <message>
        <source>The part that is kept</source>
        <translation>남길 부분</translation>
    </message>
    <message>
        <source>%1 by %2 pixels at %3, %4; the arrows move it, with Shift they make it larger or smaller</source>
        <translation>%3, %4에서 %1 × %2 픽셀. 화살표 키로 움직이고, Shift와 함께 누르면 크기가 바뀝니다</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Left and right: the values of one step or layer after the other. Return or a click: go there.</source>
        <translation>왼쪽과 오른쪽: 단계나 레이어의 값을 차례로 봅니다. Return 또는 클릭: 그리로 갑니다.</translation>
    </message>
    <message numerus="yes">
        <source>%1 by %2, %n curve(s)</source>
        <translation>
            <numerusform>%2에 대한 %1, 곡선 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source> (earlier %1)</source>
        <translation> (이전 %1)</translation>
    </message>
</context>
<context>
    <name>CurvesPane</name>
    <message>
        <source>Length of the latent</source>
        <translation>잠재 변수의 크기</translation>
    </message>
    <message>
        <source>What guidance adds</source>
        <translation>가이던스가 더하는 것</translation>
    </message>
    <message>
        <source>Entropy of self-attention</source>
        <translation>셀프 어텐션의 엔트로피</translation>
    </message>
    <message>
        <source>Entropy of cross-attention</source>
        <translation>크로스 어텐션의 엔트로피</translation>
    </message>
    <message>
        <source>Shares of the cells</source>
        <translation>칸별 비율</translation>
    </message>
    <message>
        <source>What the curves are of</source>
        <translation>무엇의 곡선인지 고릅니다</translation>
    </message>
    <message>
        <source>Entropy: 0, a place looks at one thing only; 1, at everything alike. Layers that stand out from the others are marked.</source>
        <translation>엔트로피: 0이면 한 가지만 보고, 1이면 모든 것을 고르게 봅니다. 다른 레이어와 크게 다른 레이어에는 표시가 있습니다.</translation>
    </message>
    <message>
        <source>over the steps</source>
        <translation>단계에 따라</translation>
    </message>
    <message>
        <source>over the layers</source>
        <translation>레이어에 따라</translation>
    </message>
    <message>
        <source>What they go over</source>
        <translation>무엇을 따라 그리는지 고릅니다</translation>
    </message>
    <message>
        <source>Over the layers: at the step that is shown</source>
        <translation>레이어에 따라: 보이는 단계에서</translation>
    </message>
    <message>
        <source>Whose shares</source>
        <translation>누구의 비율인지 고릅니다</translation>
    </message>
    <message>
        <source>What this cell gives to each of the four</source>
        <translation>이 칸이 네 칸 각각에 주는 것</translation>
    </message>
    <message>
        <source>Earlier run beside it</source>
        <translation>이전 실행과 나란히</translation>
    </message>
    <message>
        <source>An earlier run, as broken lines</source>
        <translation>이전 실행을 점선으로 보여 줍니다</translation>
    </message>
    <message>
        <source>nothing beside it</source>
        <translation>나란히 두지 않음</translation>
    </message>
    <message>
        <source>beside %1</source>
        <translation>%1과(와) 나란히</translation>
    </message>
    <message>
        <source>step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>This run has no guidance: its scale is 1.</source>
        <translation>이 실행에는 가이던스가 없습니다: 배율이 1입니다.</translation>
    </message>
    <message>
        <source>Shares are those of a grid of four cells, and this run has none.</source>
        <translation>비율은 네 칸 격자의 것인데, 이 실행에는 격자가 없습니다.</translation>
    </message>
    <message>
        <source>Nothing of this is known of the step yet.</source>
        <translation>이 단계에 대해서는 아직 알려진 것이 없습니다.</translation>
    </message>
    <message>
        <source>What %1 gives to</source>
        <translation>%1이(가) 주는 곳</translation>
    </message>
</context>
<context>
    <name>DesktopReport</name>
    <message>
        <source>A picture is being made</source>
        <translation>이미지를 만드는 중입니다</translation>
    </message>
    <message>
        <source>%1 % – %2</source>
        <translation>%1 % – %2</translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation>실행이 실패했습니다</translation>
    </message>
    <message>
        <source>All %1 runs are over</source>
        <translation>실행 %1개가 모두 끝났습니다</translation>
    </message>
    <message>
        <source>All of them are done.</source>
        <translation>모두 끝났습니다.</translation>
    </message>
    <message>
        <source>%1 failed.</source>
        <translation>%1개가 실패했습니다.</translation>
    </message>
    <message>
        <source>The picture is done</source>
        <translation>이미지가 완성되었습니다</translation>
    </message>
    <message>
        <source>It took %1.</source>
        <translation>%1 걸렸습니다.</translation>
    </message>
    <message>
        <source>The folder is done</source>
        <translation>폴더가 끝났습니다</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU %1</source>
        <translation>NVIDIA GPU %1</translation>
    </message>
    <message>
        <source>automatic precision</source>
        <translation>정밀도 자동</translation>
    </message>
    <message>
        <source>%1, %2, of which %3 are free</source>
        <translation>%1, %2, 그중 %3 사용 가능</translation>
    </message>
    <message>
        <source>The device that was chosen is not there (%1): the networks are computed on the processor from now on.</source>
        <translation>선택했던 장치가 없습니다(%1). 이제부터 신경망을 프로세서에서 계산합니다.</translation>
    </message>
</context>
<context>
    <name>DifferenceBar</name>
    <message>
        <source>Signed</source>
        <translation>부호 있음</translation>
    </message>
    <message>
        <source>Absolute</source>
        <translation>절댓값</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Signed: grey is no change, brighter is more, darker is less of a colour. Absolute: black is no change.</source>
        <translation>부호 있음: 회색은 변화 없음, 밝으면 그 색이 늘고 어두우면 줄었습니다. 절댓값: 검은색은 변화 없음입니다.</translation>
    </message>
    <message>
        <source>Gain of the difference</source>
        <translation>차이의 배율</translation>
    </message>
    <message>
        <source>How much the difference is enlarged, so that small ones are seen</source>
        <translation>작은 차이도 보이도록 차이를 얼마나 키우는지 정합니다</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>배율</translation>
    </message>
</context>
<context>
    <name>DimSlider</name>
    <message>
        <source>%1, as a list</source>
        <translation>%1, 목록으로</translation>
    </message>
</context>
<context>
    <name>DragSource</name>
    <message>
        <source>Drag the picture out from here; a click copies it</source>
        <translation>여기에서 그림을 끌어낼 수 있습니다. 누르면 복사합니다</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>그림 복사</translation>
    </message>
</context>
<context>
    <name>Edit</name>
    <message>
        <source>Set %1</source>
        <translation>%1 넣기</translation>
    </message>
    <message>
        <source>Kind of %1</source>
        <translation>%1의 종류</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1의 가중치</translation>
    </message>
    <message>
        <source>Span of %1</source>
        <translation>%1의 구간</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 옮기기</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 비우기</translation>
    </message>
    <message>
        <source>Swap %1 and %2</source>
        <translation>%1과(와) %2 바꾸기</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Preset Recommended</source>
        <translation>프리셋 권장</translation>
    </message>
    <message>
        <source>Preset %1</source>
        <translation>프리셋 %1</translation>
    </message>
    <message>
        <source>Take out a touch</source>
        <translation>개입 빼기</translation>
    </message>
    <message>
        <source>Touch the network</source>
        <translation>신경망에 개입</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 초기화</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>%1(으)로 전환</translation>
    </message>
    <message>
        <source>Random seeds</source>
        <translation>무작위 시드</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Lock seed</source>
        <translation>시드 잠그기</translation>
    </message>
    <message>
        <source>The default model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>모델 %1</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>What the model predicts</source>
        <translation>모델이 예측하는 것</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>set by hand</source>
        <translation>직접 정함</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>프리셋 %1</translation>
    </message>
    <message>
        <source>recommended for %1</source>
        <translation>%1의 권장값</translation>
    </message>
    <message>
        <source>the paper&apos;s</source>
        <translation>논문의 값</translation>
    </message>
    <message>
        <source>the method&apos;s own</source>
        <translation>방법의 기본값</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>새 무작위 시드</translation>
    </message>
</context>
<context>
    <name>ErrorCard</name>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>The picture that is shown</source>
        <translation>보이는 이미지</translation>
    </message>
    <message>
        <source>The candidate and the step that are shown now.</source>
        <translation>지금 보이는 후보와 단계입니다.</translation>
    </message>
    <message>
        <source>All candidates</source>
        <translation>모든 후보</translation>
    </message>
    <message>
        <source>Every candidate of the run in a file of its own.</source>
        <translation>실행의 후보를 저마다 파일 하나로 저장합니다.</translation>
    </message>
    <message>
        <source>A sheet of all candidates</source>
        <translation>모든 후보를 모은 시트</translation>
    </message>
    <message>
        <source>All candidates side by side in one picture, with their seeds.</source>
        <translation>모든 후보를 시드와 함께 한 이미지에 나란히 담습니다.</translation>
    </message>
    <message>
        <source>The filled grid</source>
        <translation>채워진 격자</translation>
    </message>
    <message>
        <source>All that the network made, with the frame around the cells.</source>
        <translation>신경망이 만든 전체. 칸 둘레의 틀까지 들어갑니다.</translation>
    </message>
    <message>
        <source>The steps, a file each</source>
        <translation>단계, 저마다 파일 하나</translation>
    </message>
    <message>
        <source>Every step decoded in full, into a folder of that name.</source>
        <translation>모든 단계를 완전히 디코딩해 그 이름의 폴더에 넣습니다.</translation>
    </message>
    <message>
        <source>The steps as an animation</source>
        <translation>단계를 애니메이션으로</translation>
    </message>
    <message>
        <source>Every step decoded in full, as one animated WebP without loss.</source>
        <translation>모든 단계를 완전히 디코딩해 무손실 애니메이션 WebP 하나로 만듭니다.</translation>
    </message>
    <message>
        <source>The latents, as numbers</source>
        <translation>잠재 변수, 수로</translation>
    </message>
    <message>
        <source>The latent of every step in one safetensors file: step-000 is the start.</source>
        <translation>모든 단계의 잠재 변수를 safetensors 파일 하나에 담습니다. step-000이 시작입니다.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>What is exported</source>
        <translation>무엇을 내보낼지 고릅니다</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Only PNG carries how the picture was made</source>
        <translation>PNG만이 이미지가 어떻게 만들어졌는지 담습니다</translation>
    </message>
    <message>
        <source>All, with the input pictures</source>
        <translation>모두, 입력 이미지까지</translation>
    </message>
    <message>
        <source>The settings only</source>
        <translation>설정만</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>메타데이터</translation>
    </message>
    <message>
        <source>What the file tells of its making: with all of it, it alone is enough to restore the run</source>
        <translation>파일이 만들어진 과정을 얼마나 알려 주는지 정합니다. 모두 담으면 파일만으로 실행을 되살릴 수 있습니다</translation>
    </message>
    <message>
        <source>&amp;Replace files that are there</source>
        <translation>있는 파일을 덮어쓰기(&amp;R)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>without loss</source>
        <translation>무손실</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 픽셀</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>긴 변</translation>
    </message>
    <message>
        <source>0: every picture as large as it was made</source>
        <translation>0: 모든 이미지를 만들어진 크기 그대로</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Each step is shown for</source>
        <translation>한 단계를 보여 주는 시간</translation>
    </message>
    <message>
        <source>Example of the name</source>
        <translation>이름의 예</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>대상(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>형식(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>품질(&amp;Q)</translation>
    </message>
    <message>
        <source>Longer &amp;side</source>
        <translation>긴 변(&amp;S)</translation>
    </message>
    <message>
        <source>Each step for</source>
        <translation>단계마다</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>메타데이터(&amp;M)</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>폴더(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>내보내기(&amp;E)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Steps to be decoded first: %1.</source>
        <translation>먼저 디코딩할 단계: %1개.</translation>
    </message>
    <message>
        <source>For example %1</source>
        <translation>예: %1</translation>
    </message>
    <message>
        <source>%1 is no field of a name: Insert shows those that there are.</source>
        <translation>%1(이)라는 필드는 없습니다. 삽입을 누르면 쓸 수 있는 필드가 보입니다.</translation>
    </message>
    <message>
        <source>The file needs a name.</source>
        <translation>파일 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>The file needs a folder.</source>
        <translation>파일을 둘 폴더가 필요합니다.</translation>
    </message>
    <message>
        <source>A file that has the name already is lost with what is in it.</source>
        <translation>같은 이름의 파일이 있으면 그 내용은 사라집니다.</translation>
    </message>
    <message>
        <source>Export into</source>
        <translation>내보낼 폴더</translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation>채널당 8비트</translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation>채널당 16비트</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>심도</translation>
    </message>
    <message>
        <source>16 bits: decoded anew, with all that the decoder&apos;s numbers tell of its colours</source>
        <translation>16비트: 디코더의 수에 담긴 색을 모두 살려 새로 디코딩합니다</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>심도(&amp;D)</translation>
    </message>
</context>
<context>
    <name>ExportName</name>
    <message>
        <source>analogy, translate ...</source>
        <translation>analogy, translate ...</translation>
    </message>
    <message>
        <source>the first words of the prompt</source>
        <translation>프롬프트의 첫 단어들</translation>
    </message>
    <message>
        <source>the name of the picture that was worked on</source>
        <translation>작업한 이미지의 이름</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>the seed of the candidate</source>
        <translation>후보의 시드</translation>
    </message>
    <message>
        <source>the number of the run</source>
        <translation>실행의 번호</translation>
    </message>
    <message>
        <source>the number of the candidate</source>
        <translation>후보의 번호</translation>
    </message>
    <message>
        <source>the step, 001, 002 ...</source>
        <translation>단계, 001, 002 ...</translation>
    </message>
    <message>
        <source>the day of the run, 2026-05-31</source>
        <translation>실행한 날, 2026-05-31</translation>
    </message>
    <message>
        <source>its time, 14-05-09</source>
        <translation>실행한 시각, 14-05-09</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Another run is shown now, so nothing was exported: choose the run and export it again.</source>
        <translation>지금은 다른 실행이 보이므로 아무것도 내보내지 않았습니다. 그 실행을 골라 다시 내보내십시오.</translation>
    </message>
    <message>
        <source>There is no result to export yet.</source>
        <translation>아직 내보낼 결과가 없습니다.</translation>
    </message>
    <message>
        <source>The run was made with a mode that this program does not have, so it cannot be exported.</source>
        <translation>이 프로그램에 없는 모드로 만든 실행이라 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>Decoding step %1 of %2 that are exported...</source>
        <translation>내보낼 %2개 가운데 단계 %1을(를) 디코딩하는 중...</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Step %1 is not kept, so it cannot be exported.</source>
        <translation>단계 %1은(는) 남아 있지 않아 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 · seed %2</source>
        <translation>%1 · 시드 %2</translation>
    </message>
    <message>
        <source>Files that were written before: %1.</source>
        <translation>그 전에 쓴 파일: %1개.</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>다시 내보내기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Exported as %1.</source>
        <translation>%1(으)로 내보냈습니다.</translation>
    </message>
    <message>
        <source>%1 files exported into %2.</source>
        <translation>파일 %1개를 %2에 내보냈습니다.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Decoding step %1 with 16 bits a channel...</source>
        <translation>단계 %1을(를) 채널당 16비트로 디코딩하는 중...</translation>
    </message>
</context>
<context>
    <name>FetchList</name>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1, %2 a second</source>
        <translation>%1, 초당 %2</translation>
    </message>
    <message>
        <source>%1, %2 a second, %3 left</source>
        <translation>%1, 초당 %2, %3 남음</translation>
    </message>
    <message>
        <source>Read whole. What it should hold is not independently known.</source>
        <translation>끝까지 읽었습니다. 내용은 따로 알려져 있지 않습니다.</translation>
    </message>
    <message>
        <source>As it was published: its SHA-256 is right.</source>
        <translation>배포된 그대로입니다. SHA-256이 맞습니다.</translation>
    </message>
    <message>
        <source>The models are in the new folder.</source>
        <translation>모델이 새 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>There, and its SHA-256 is right.</source>
        <translation>받았고 SHA-256이 맞습니다.</translation>
    </message>
    <message>
        <source>Take in %1</source>
        <translation>%1 가져오기</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>%1 확인</translation>
    </message>
    <message>
        <source>Move the models</source>
        <translation>모델 옮기기</translation>
    </message>
    <message>
        <source>Waits for the one before</source>
        <translation>앞의 것을 기다립니다</translation>
    </message>
    <message>
        <source>Paused at %1. Going on asks %2 and its content host.</source>
        <translation>%1에서 일시 정지했습니다. 계속하면 %2와(과) 그 콘텐츠 호스트에 접속합니다.</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>%1에서 일시 정지했습니다</translation>
    </message>
    <message>
        <source>What is fetched</source>
        <translation>받는 것</translation>
    </message>
    <message>
        <source>How far %1 is</source>
        <translation>%1 진행률</translation>
    </message>
    <message>
        <source>Asks %1 and its content host</source>
        <translation>%1와(과) 그 콘텐츠 호스트에 접속합니다</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>What is there of it stays</source>
        <translation>받은 것은 남습니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Take it from this list; the file stays</source>
        <translation>이 목록에서 빼고 파일은 남깁니다</translation>
    </message>
    <message>
        <source>What is there of it is deleted</source>
        <translation>받은 것을 지웁니다</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Choose a model...</source>
        <translation>모델 고르기...</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>첫걸음</translation>
    </message>
    <message>
        <source>What would you like to make?</source>
        <translation>무엇을 만드시겠습니까?</translation>
    </message>
    <message>
        <source>Simile comes with a small model that draws figures. For photographs it needs another one.</source>
        <translation>Simile에는 도형을 그리는 작은 모델이 딸려 있습니다. 사진에는 다른 모델이 필요합니다.</translation>
    </message>
    <message>
        <source>Go on without; Help &gt; First steps shows them again</source>
        <translation>이것 없이 계속합니다. 도움말 &gt; 첫걸음에서 다시 볼 수 있습니다</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>샘플 해 보기</translation>
    </message>
    <message>
        <source>Use my pictures...</source>
        <translation>내 이미지 쓰기...</translation>
    </message>
    <message>
        <source>Try the sample of %1</source>
        <translation>%1의 샘플 해 보기</translation>
    </message>
    <message>
        <source>Use my pictures in %1</source>
        <translation>%1에서 내 이미지 쓰기</translation>
    </message>
    <message>
        <source>Fill in pictures and values; Ctrl+Return then makes the picture</source>
        <translation>이미지와 값을 채웁니다. 그다음 Ctrl+Return으로 이미지를 만듭니다</translation>
    </message>
    <message>
        <source>Get a model...</source>
        <translation>모델 받기...</translation>
    </message>
    <message>
        <source>The model is %1 now. Choose above what to make with it.</source>
        <translation>이제 모델은 %1입니다. 이 모델로 무엇을 만들지 위에서 고르십시오.</translation>
    </message>
</context>
<context>
    <name>ForecastLabel</name>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>about %1, %2</source>
        <translation>약 %1, %2</translation>
    </message>
    <message>
        <source>What the next run will take</source>
        <translation>다음 실행에 드는 시간과 메모리</translation>
    </message>
    <message>
        <source>fewer candidates need less</source>
        <translation>후보를 줄이면 덜 듭니다</translation>
    </message>
    <message>
        <source>a smaller size needs less</source>
        <translation>크기를 줄이면 덜 듭니다</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>다른 프로그램을 닫으십시오</translation>
    </message>
    <message>
        <source>%1: more than is free, %2</source>
        <translation>%1: 남은 메모리 %2보다 많습니다</translation>
    </message>
    <message>
        <source>%1 (%2 free)</source>
        <translation>%1 (%2 사용 가능)</translation>
    </message>
    <message>
        <source>What the next run will take, as the last ones of its kind on this computer did, and the memory that is free where it is computed.</source>
        <translation>다음 실행에 걸릴 시간과 메모리입니다. 이 컴퓨터에서 같은 종류의 최근 실행을 따르며, 계산하는 곳에서 쓸 수 있는 메모리를 함께 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>FoundDialog</name>
    <message>
        <source>Only what &amp;fits</source>
        <translation>맞는 것만(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>사용(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Favourite</source>
        <translation>즐겨찾기(&amp;F)</translation>
    </message>
    <message>
        <source>Show in fol&amp;der</source>
        <translation>폴더에서 보기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>다시 찾기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Get models...</source>
        <translation>모델 받기(&amp;G)...</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>이 컴퓨터의 모델</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>찾는 중</translation>
    </message>
    <message>
        <source>F&amp;olders</source>
        <translation>폴더(&amp;O)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Words of the name, the kind or the folder</source>
        <translation>이름, 종류, 폴더의 낱말</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>거르기</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Only what can be used in this mode, beside the chosen model</source>
        <translation>이 모드에서, 고른 모델과 함께 쓸 수 있는 것만 보입니다</translation>
    </message>
    <message>
        <source>Of what was found nothing fits here. Untick &quot;Only what fits&quot; to see all of it with the reasons.</source>
        <translation>찾은 것 가운데 여기에 맞는 것이 없습니다. &quot;맞는 것만&quot;을 끄면 모두를 이유와 함께 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing in the list has these words.</source>
        <translation>목록에 이 낱말이 든 것이 없습니다.</translation>
    </message>
    <message>
        <source>Looking where programs keep their networks...</source>
        <translation>프로그램이 신경망을 두는 곳을 찾는 중입니다...</translation>
    </message>
    <message>
        <source>No networks were found in the places where Hugging Face, ComfyUI, AUTOMATIC1111, Forge, SD.Next, InvokeAI, Krita AI Diffusion and Fooocus keep them. Add your own folder under Folders, or get some with Get models.</source>
        <translation>Hugging Face, ComfyUI, AUTOMATIC1111, Forge, SD.Next, InvokeAI, Krita AI Diffusion, Fooocus가 두는 곳에서 신경망을 찾지 못했습니다. 폴더에서 자신의 폴더를 추가하거나 모델 받기로 받으십시오.</translation>
    </message>
    <message>
        <source>&amp;Stop looking</source>
        <translation>그만 찾기(&amp;S)</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>%2개 가운데 %1개 표시</translation>
    </message>
    <message>
        <source>No &amp;favourite</source>
        <translation>즐겨찾기 해제(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Add a folder...</source>
        <translation>폴더 추가(&amp;A)...</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>%1 빼기</translation>
    </message>
    <message>
        <source>Add a folder of networks</source>
        <translation>신경망이 있는 폴더 추가</translation>
    </message>
</context>
<context>
    <name>FoundModels</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>SeeCoder</source>
        <translation>SeeCoder</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>Quick decoder</source>
        <translation>빠른 디코더</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>Map network</source>
        <translation>맵 신경망</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>그 밖의 것</translation>
    </message>
</context>
<context>
    <name>FoundTable</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>무엇인지</translation>
    </message>
    <message>
        <source>For</source>
        <translation>쓰이는 곳</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>your folder</source>
        <translation>자신의 폴더</translation>
    </message>
</context>
<context>
    <name>GetModels</name>
    <message>
        <source>What is being fetched</source>
        <translation>받고 있는 것</translation>
    </message>
    <message>
        <source>Get models</source>
        <translation>모델 받기</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>GetModelsDialog</name>
    <message>
        <source>Get models</source>
        <translation>모델 받기</translation>
    </message>
    <message>
        <source>Find, or paste a link or owner/name of %1</source>
        <translation>찾거나, %1의 링크 또는 owner/name을 붙여 넣으세요</translation>
    </message>
    <message>
        <source>Find, or paste a link</source>
        <translation>찾거나 링크 붙여 넣기</translation>
    </message>
    <message>
        <source>What you want to do</source>
        <translation>하고 싶은 일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>&amp;Take in a file...</source>
        <translation>파일 가져오기(&amp;T)...</translation>
    </message>
    <message>
        <source>Change the &amp;folder...</source>
        <translation>폴더 바꾸기(&amp;F)...</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>A file that you have already; it can be dropped on this window, too</source>
        <translation>이미 있는 파일입니다. 이 창에 끌어다 놓아도 됩니다</translation>
    </message>
    <message>
        <source>Choose a model in the list to see what it is for, how large it is and under which licence it may be used. Nothing is asked or fetched before you press Get.</source>
        <translation>목록에서 모델을 고르면 용도와 크기, 어떤 라이선스로 쓸 수 있는지 보입니다. 받기를 누르기 전에는 어디에도 접속하지 않습니다.</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>in the list</source>
        <translation>목록에 있음</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>there</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>직접</translation>
    </message>
    <message>
        <source>Models are in %1 (free: %2)</source>
        <translation>모델 위치: %1(남은 공간 %2)</translation>
    </message>
    <message>
        <source>Folder for models</source>
        <translation>모델 폴더</translation>
    </message>
    <message>
        <source>There are models in %1. Shall they move to the new folder?</source>
        <translation>%1에 모델이 있습니다. 새 폴더로 옮길까요?</translation>
    </message>
    <message>
        <source>Move them</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Take in a file</source>
        <translation>파일 가져오기</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.ckpt *.pt *.pth *.bin)</source>
        <translation>모델 (*.safetensors *.ckpt *.pt *.pth *.bin)</translation>
    </message>
</context>
<context>
    <name>GetModelsPanel</name>
    <message>
        <source>Ask %1 for its files</source>
        <translation>%1에 파일 목록 물어보기</translation>
    </message>
    <message>
        <source>Get from %1 and its content host</source>
        <translation>%1와(과) 그 콘텐츠 호스트에서 받기</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>다시 확인</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>About the chosen one</source>
        <translation>고른 것에 대하여</translation>
    </message>
    <message>
        <source>For</source>
        <translation>쓰이는 곳</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Into the bin of the desktop, where there is one</source>
        <translation>휴지통이 있으면 휴지통으로 옮깁니다</translation>
    </message>
    <message>
        <source>A link that was pasted. What it holds, and under which licence, the site is asked first.</source>
        <translation>붙여 넣은 링크입니다. 무엇이 어떤 라이선스로 들어 있는지 먼저 사이트에 물어봅니다.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>About %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>%1, and as much again for the copy that is made of it when it is used first</source>
        <translation>%1, 처음 쓸 때 만들어지는 사본에 같은 크기가 더 필요합니다</translation>
    </message>
    <message>
        <source>%1; its SHA-256 is known and is checked</source>
        <translation>%1. SHA-256이 알려져 있으며 확인합니다</translation>
    </message>
    <message>
        <source>%1; what it should hold is not independently known, so what its publisher says is checked</source>
        <translation>%1. 내용이 따로 알려져 있지 않아 배포자가 말한 것을 확인합니다</translation>
    </message>
    <message>
        <source>It is there, and was not verified: %1</source>
        <translation>받아 두었고 확인하지 않았습니다: %1</translation>
    </message>
    <message>
        <source>It is there and damaged: its SHA-256 is not that of the published file. Delete it and get it again.</source>
        <translation>받아 둔 파일이 손상되었습니다. SHA-256이 배포된 파일과 다릅니다. 지우고 다시 받으세요.</translation>
    </message>
    <message>
        <source>It is there, as it was published (verified on %1): %2</source>
        <translation>받아 두었고 배포된 그대로입니다(%1에 확인함): %2</translation>
    </message>
    <message>
        <source>It is there (read whole on %1): %2</source>
        <translation>받아 두었습니다(%1에 끝까지 읽음): %2</translation>
    </message>
    <message>
        <source>%1 is being asked...</source>
        <translation>%1에 물어보는 중...</translation>
    </message>
    <message>
        <source>It is in the list below.</source>
        <translation>아래 목록에 있습니다.</translation>
    </message>
    <message>
        <source>Where it is published is not known here, so there is no Get. Put it into %1, or drop it on this window.</source>
        <translation>어디에 배포되는지 알 수 없어 받기가 없습니다. %1에 두거나 이 창에 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>%1 gives it only to those who have an account there and accepted its terms. Fetch it with a browser and drop it on this window.</source>
        <translation>%1은(는) 계정이 있고 약관에 동의한 사람에게만 줍니다. 브라우저로 받아서 이 창에 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>There is no single file of weights in it.</source>
        <translation>그 안에 하나로 된 가중치 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Accept the licence first</source>
        <translation>먼저 라이선스에 동의하세요</translation>
    </message>
    <message>
        <source>Add it as a LoRA</source>
        <translation>LoRA로 추가</translation>
    </message>
    <message>
        <source>Delete a model</source>
        <translation>모델 삭제</translation>
    </message>
    <message>
        <source>There is no bin for %1. Delete it for good?</source>
        <translation>%1을(를) 옮길 휴지통이 없습니다. 완전히 지울까요?</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>완전히 삭제</translation>
    </message>
</context>
<context>
    <name>GridCell</name>
    <message>
        <source>Drop, paste
or click</source>
        <translation>놓기, 붙여넣기
또는 클릭</translation>
    </message>
</context>
<context>
    <name>GridInputs</name>
    <message>
        <source>pasted</source>
        <translation>붙여넣은 이미지</translation>
    </message>
    <message>
        <source>Put the run&apos;s pictures here</source>
        <translation>실행의 이미지를 여기에 넣기</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>%1, before</source>
        <translation>%1, 이전</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>아직 결과가 없습니다</translation>
    </message>
    <message>
        <source>Result, %1 by %2</source>
        <translation>결과, %1 × %2</translation>
    </message>
</context>
<context>
    <name>HeatTable</name>
    <message>
        <source>All numbers</source>
        <translation>모든 수</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 gives %2 % to %3</source>
        <translation>%1이(가) %3에 주는 비율은 %2 %입니다</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>No page has these words.</source>
        <translation>이 단어들이 들어간 페이지가 없습니다.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Search all pages</source>
        <translation>모든 페이지 검색</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>HelperReport</name>
    <message>
        <source>The process that reads pickled models is protected less than it could be: this system does not give it %1. It still runs nothing that is in a model.</source>
        <translation>피클 모델을 읽는 프로세스가 덜 보호되고 있습니다. 이 시스템은 %1을(를) 제공하지 않습니다. 그래도 모델 안에 있는 것은 아무것도 실행하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ImageSlot</name>
    <message>
        <source>Clear %1 (Del)</source>
        <translation>%1 비우기 (Del)</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 비우기</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>선택 사항</translation>
    </message>
    <message>
        <source>Drop, paste
or click</source>
        <translation>놓기, 붙여넣기
또는 클릭</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
</context>
<context>
    <name>Inputs</name>
    <message>
        <source>%1 of %2 pictures were left out: this place takes up to %3, and %4 million pixels at once. Give fewer or smaller ones.</source>
        <translation>그림 %2개 중 %1개는 제외되었습니다. 이 자리에는 %3개까지, 한 번에 %4백만 픽셀까지 들어갑니다. 더 적거나 작은 그림을 주십시오.</translation>
    </message>
    <message>
        <source>Turn %1</source>
        <translation>%1 돌리기</translation>
    </message>
    <message>
        <source>Crop %1</source>
        <translation>%1 자르기</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>%1 넣기</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 비우기</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 옮기기</translation>
    </message>
    <message>
        <source>In a branch this picture stays.</source>
        <translation>분기에서는 이 이미지가 그대로 있어야 합니다.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Paint %1</source>
        <translation>%1 칠하기</translation>
    </message>
</context>
<context>
    <name>InputsDock</name>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Where in the picture words act (cross-attention).</source>
        <translation>단어가 이미지의 어디에 작용하는지 봅니다(크로스 어텐션).</translation>
    </message>
    <message>
        <source>From where a place of the picture takes what it becomes (self-attention).</source>
        <translation>이미지의 한 곳이 무엇이 될지를 어디에서 가져오는지 봅니다(셀프 어텐션).</translation>
    </message>
    <message>
        <source>How much the cells of the grid look at each other, and at the words.</source>
        <translation>격자의 칸들이 서로를, 그리고 단어를 얼마나 보는지 봅니다.</translation>
    </message>
    <message>
        <source>Three principal components of a residual block, as red, green and blue.</source>
        <translation>잔차 블록의 주성분 세 개를 빨강, 초록, 파랑으로 봅니다.</translation>
    </message>
    <message>
        <source>The same of what the block&apos;s first convolution gives.</source>
        <translation>블록의 첫 합성곱이 내는 것을 같은 방법으로 봅니다.</translation>
    </message>
    <message>
        <source>Principal components of the queries of self-attention.</source>
        <translation>셀프 어텐션 쿼리의 주성분입니다.</translation>
    </message>
    <message>
        <source>Principal components of the keys of self-attention.</source>
        <translation>셀프 어텐션 키의 주성분입니다.</translation>
    </message>
    <message>
        <source>Principal components of the rows of self-attention, the heads side by side.</source>
        <translation>헤드를 나란히 놓은 셀프 어텐션 행의 주성분입니다.</translation>
    </message>
    <message>
        <source>Principal components of the rows of the mean over the heads.</source>
        <translation>헤드의 평균에서 행의 주성분입니다.</translation>
    </message>
    <message>
        <source>One channel of a residual block as it is.</source>
        <translation>잔차 블록의 채널 하나를 그대로 봅니다.</translation>
    </message>
    <message>
        <source>One channel of the queries of self-attention as it is, the heads side by side.</source>
        <translation>헤드를 나란히 놓은 셀프 어텐션 쿼리의 채널 하나를 그대로 봅니다.</translation>
    </message>
    <message>
        <source>One channel of the keys of self-attention as it is, the heads side by side.</source>
        <translation>헤드를 나란히 놓은 셀프 어텐션 키의 채널 하나를 그대로 봅니다.</translation>
    </message>
    <message>
        <source>How much a control picture adds, and where.</source>
        <translation>제어 이미지가 어디에 얼마나 더하는지 봅니다.</translation>
    </message>
    <message>
        <source>Where a token of the reference looks, and where it acts in the picture.</source>
        <translation>참조의 토큰이 어디를 보고 이미지의 어디에 작용하는지 봅니다.</translation>
    </message>
    <message>
        <source>From a place of the picture to the parts of the reference it looked at.</source>
        <translation>이미지의 한 곳이 참조의 어느 부분을 보았는지 봅니다.</translation>
    </message>
    <message>
        <source>What the network takes for noise at this step.</source>
        <translation>이 단계에서 신경망이 노이즈로 여기는 것입니다.</translation>
    </message>
    <message>
        <source>What would be left without that noise.</source>
        <translation>그 노이즈를 빼면 남을 것입니다.</translation>
    </message>
    <message>
        <source>What the network works on, after this step.</source>
        <translation>이 단계가 끝난 뒤 신경망이 작업하는 것입니다.</translation>
    </message>
</context>
<context>
    <name>InspectChoices</name>
    <message>
        <source>What is looked at</source>
        <translation>무엇을 보는지 고릅니다</translation>
    </message>
    <message>
        <source>What of the network is looked at; what this run does not have is grey</source>
        <translation>신경망의 무엇을 보는지 고릅니다. 이 실행에 없는 것은 회색입니다</translation>
    </message>
    <message>
        <source>Of which picture</source>
        <translation>어느 이미지의 것인지 고릅니다</translation>
    </message>
    <message>
        <source>Each candidate has attention of its own; a translation&apos;s source, too</source>
        <translation>후보마다 어텐션이 따로 있고, 변환의 원본도 그렇습니다</translation>
    </message>
    <message>
        <source>Negative half</source>
        <translation>네거티브 쪽</translation>
    </message>
    <message>
        <source>What the network held for the prompt that guidance leads away from</source>
        <translation>가이던스가 멀어지려는 프롬프트에 대해 신경망에 있던 것</translation>
    </message>
    <message>
        <source>Token of the reference</source>
        <translation>참조의 토큰</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>어디를 보는지</translation>
    </message>
    <message>
        <source>Who looks at it</source>
        <translation>누가 보는지</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>A row of the attention: from where the place takes. A column: who takes from it.</source>
        <translation>어텐션의 행: 그곳이 어디에서 가져오는지. 열: 누가 그곳에서 가져가는지.</translation>
    </message>
    <message>
        <source>Diffused</source>
        <translation>확산</translation>
    </message>
    <message>
        <source>How often the map is multiplied by the attention of the chosen layers, 0 to 16: it grows into the object</source>
        <translation>고른 레이어의 어텐션을 맵에 몇 번(0~16) 곱하는지 정합니다. 곱할수록 맵이 물체로 번집니다</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Which of the channels, counted from 0</source>
        <translation>어느 채널인지. 0부터 셉니다</translation>
    </message>
    <message>
        <source>Steady colours</source>
        <translation>고정된 색</translation>
    </message>
    <message>
        <source>Fitted to each step</source>
        <translation>단계마다 맞춤</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>성분</translation>
    </message>
    <message>
        <source>Steady: the same axes at every step, so that colours can be followed. Fitted to each step: as the paper has it.</source>
        <translation>고정된 색: 모든 단계에서 같은 축을 써서 색을 따라갈 수 있습니다. 단계마다 맞춤: 논문의 방식입니다.</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>축</translation>
    </message>
    <message>
        <source>In the picture a click asks about a place, a drag about a box, with Shift an outline; with Ctrl it is the second place.
Arrows move the place by a cell, with Shift by four; Ctrl+arrows make it a box.
S: the other place. Delete: no place. Wheel: zoom. Space or the middle button: move the view. F: fit.</source>
        <translation>이미지에서 클릭하면 한 곳, 끌면 상자, Shift와 함께 끌면 윤곽선에 대해 묻습니다. Ctrl을 누르면 둘째 자리가 됩니다.
화살표는 자리를 한 칸, Shift와 함께면 네 칸 옮기고, Ctrl+화살표는 상자로 만듭니다.
S: 다른 자리. Delete: 자리 없음. 휠: 확대와 축소. Space 또는 가운데 단추: 보기 옮기기. F: 맞춤.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>윤곽선</translation>
    </message>
    <message>
        <source>A drag draws an outline (Shift)</source>
        <translation>끌면 윤곽선이 그려집니다 (Shift)</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>둘째</translation>
    </message>
    <message>
        <source>The next click says a second place (Ctrl, or S)</source>
        <translation>다음 클릭이 둘째 자리를 정합니다 (Ctrl 또는 S)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Ask about no place (Delete)</source>
        <translation>어느 곳도 묻지 않습니다 (Delete)</translation>
    </message>
    <message>
        <source>DRAWING</source>
        <translation>표시 방식</translation>
    </message>
    <message>
        <source>Over the picture</source>
        <translation>이미지 위에</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>이미지 옆에</translation>
    </message>
    <message>
        <source>Place of the map</source>
        <translation>맵의 위치</translation>
    </message>
    <message>
        <source>Over the picture several maps are mixed in colours; beside it each stands alone</source>
        <translation>이미지 위에서는 여러 맵이 색으로 섞이고, 옆에서는 따로 보입니다</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>How much of the picture is seen through the map, in percent</source>
        <translation>맵이 이미지를 얼마나 가리는지, 퍼센트로 정합니다</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>All of them can be told apart by people who see red and green alike</source>
        <translation>적록 색각 이상이 있어도 모두 구별할 수 있는 색입니다</translation>
    </message>
    <message>
        <source>Of this map</source>
        <translation>이 맵</translation>
    </message>
    <message>
        <source>Of the run</source>
        <translation>이 실행</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>What the darkest and the brightest colour stand for: least and largest of this map, of all steps of the run, or two numbers</source>
        <translation>가장 어두운 색과 가장 밝은 색의 값: 이 맵의 최소와 최대, 실행의 모든 단계의 최소와 최대, 또는 두 수</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>To</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>Smooth between cells</source>
        <translation>칸 사이를 매끄럽게</translation>
    </message>
    <message>
        <source>Off: every cell is a square, as the network has it</source>
        <translation>끄면 칸마다 사각형으로, 신경망에 있는 그대로 보입니다</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>0 to %1; the last ones of a reference see all of it</source>
        <translation>0부터 %1까지. 참조의 마지막 토큰들은 참조 전체를 봅니다</translation>
    </message>
    <message>
        <source>Candidate %1</source>
        <translation>후보 %1</translation>
    </message>
    <message>
        <source>The result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
</context>
<context>
    <name>InspectEmpty</name>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Compute it</source>
        <translation>계산하기</translation>
    </message>
    <message>
        <source>One pass of the network over the latent of this step</source>
        <translation>이 단계의 잠재 변수를 신경망에 한 번 통과시킵니다</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>계산 중지</translation>
    </message>
    <message>
        <source>Compute it: under a second</source>
        <translation>계산하기: 1초 미만</translation>
    </message>
    <message>
        <source>Compute it: about %1 s</source>
        <translation>계산하기: 약 %1초</translation>
    </message>
</context>
<context>
    <name>InspectExport</name>
    <message>
        <source>step %1</source>
        <translation>단계 %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>레이어 %1</translation>
    </message>
    <message>
        <source>layers %1</source>
        <translation>레이어 %1</translation>
    </message>
    <message>
        <source>Picture as seen (PNG)...</source>
        <translation>보이는 대로 이미지(PNG)...</translation>
    </message>
    <message>
        <source>Map in 16 bits of grey (PNG)...</source>
        <translation>16비트 회색조 맵(PNG)...</translation>
    </message>
    <message>
        <source>Map as numbers (NPY)...</source>
        <translation>수로 된 맵(NPY)...</translation>
    </message>
    <message>
        <source>All numbers of the view (safetensors)...</source>
        <translation>이 보기의 모든 수(safetensors)...</translation>
    </message>
    <message>
        <source>Curves as a table (CSV)...</source>
        <translation>표로 된 곡선(CSV)...</translation>
    </message>
    <message>
        <source>All layers at this step, into a folder...</source>
        <translation>이 단계의 모든 레이어를 폴더에...</translation>
    </message>
    <message>
        <source>All steps of this layer, into a folder...</source>
        <translation>이 레이어의 모든 단계를 폴더에...</translation>
    </message>
    <message>
        <source>The steps as an animation (WebP)...</source>
        <translation>단계를 애니메이션으로(WebP)...</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>맵 저장</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 이미지 (*.png)</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>수 저장</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npy)</source>
        <translation>NumPy 배열 (*.npy)</translation>
    </message>
    <message>
        <source>Save the curves</source>
        <translation>곡선 저장</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Save the animation</source>
        <translation>애니메이션 저장</translation>
    </message>
    <message>
        <source>WebP animations (*.webp)</source>
        <translation>WebP 애니메이션 (*.webp)</translation>
    </message>
    <message>
        <source>%1, as it is (PNG)...</source>
        <translation>%1, 그대로(PNG)...</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, 단계 %2</translation>
    </message>
    <message>
        <source>Save into a folder</source>
        <translation>폴더에 저장</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) saved, with their numbers as NPY beside them.</source>
        <translation>
            <numerusform>이미지 %n개를 저장했습니다. 그 수는 NPY로 옆에 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>An animation of %n step(s) is saved.</source>
        <translation>
            <numerusform>단계 %n개의 애니메이션을 저장했습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectPages</name>
    <message>
        <source>Map</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>The map of one layer at one step, large</source>
        <translation>한 단계의 한 레이어 맵을 크게 봅니다</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>The same of all layers at many steps, side by side</source>
        <translation>여러 단계의 모든 레이어를 나란히 봅니다</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Numbers over the steps or the layers</source>
        <translation>단계나 레이어에 따른 수</translation>
    </message>
    <message>
        <source>Touched</source>
        <translation>개입</translation>
    </message>
    <message>
        <source>The run with touches beside the untouched one, with their difference</source>
        <translation>개입한 실행과 개입하지 않은 실행을 나란히, 그 차이와 함께 봅니다</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>강좌</translation>
    </message>
    <message>
        <source>Three short lessons on what is seen here</source>
        <translation>여기서 보이는 것에 대한 짧은 강좌 세 개</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Save what is seen: as a picture, as numbers, all layers, all steps</source>
        <translation>보이는 것을 저장합니다: 이미지로, 수로, 모든 레이어, 모든 단계</translation>
    </message>
    <message>
        <source>map</source>
        <translation>맵</translation>
    </message>
</context>
<context>
    <name>InspectView</name>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>In the order in which the network computes them: down, middle, up. Left and right: one before, one behind. Several: their mean.</source>
        <translation>신경망이 계산하는 순서대로입니다: 내려가기, 가운데, 올라가기. 왼쪽과 오른쪽: 하나 앞, 하나 뒤. 여러 개면 평균입니다.</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>One head of the attention, or the mean over all. Left and right change it.</source>
        <translation>어텐션의 헤드 하나, 또는 모든 헤드의 평균. 왼쪽과 오른쪽으로 바꿉니다.</translation>
    </message>
    <message>
        <source>Make a run first (Ctrl+Return). Then what the network held is seen here.</source>
        <translation>먼저 실행하십시오(Ctrl+Return). 그러면 신경망에 있던 것이 여기에 보입니다.</translation>
    </message>
    <message>
        <source>First: %1</source>
        <translation>첫째: %1</translation>
    </message>
    <message>
        <source>Second: %1</source>
        <translation>둘째: %1</translation>
    </message>
    <message>
        <source>Click the picture to ask about a place.</source>
        <translation>물어볼 곳을 이미지에서 클릭하십시오.</translation>
    </message>
    <message>
        <source>All %1 layers</source>
        <translation>레이어 %1개 모두</translation>
    </message>
    <message>
        <source>%1 of %2 × %3</source>
        <translation>%2 × %3의 %1개</translation>
    </message>
    <message>
        <source>Mean of %1</source>
        <translation>%1의 평균</translation>
    </message>
    <message>
        <source>Mean of all %1 heads</source>
        <translation>헤드 %1개 모두의 평균</translation>
    </message>
    <message>
        <source>Mean of all heads</source>
        <translation>모든 헤드의 평균</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>헤드 %1</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This run was made by %1: choose that mode to look into it.</source>
        <translation>이 실행은 %1에서 만들었습니다. 들여다보려면 그 모드를 고르십시오.</translation>
    </message>
    <message>
        <source>Press Run it on the right: the lesson fills in its sample and makes the picture.</source>
        <translation>오른쪽의 ‘실행하기’를 누르십시오. 강좌가 샘플을 채우고 이미지를 만듭니다.</translation>
    </message>
    <message>
        <source>Make a run first (Ctrl+Return). Then what the network held is seen here, for the step that is chosen on the time line.</source>
        <translation>먼저 실행하십시오(Ctrl+Return). 그러면 타임라인에서 고른 단계에 신경망에 있던 것이 여기에 보입니다.</translation>
    </message>
    <message>
        <source>The first step is not done yet.</source>
        <translation>첫 단계가 아직 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>%1... The first step is not done yet.</source>
        <translation>%1... 첫 단계가 아직 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>%1 has nothing of that kind in this run: choose on the right what is looked at.</source>
        <translation>이 실행의 %1에는 그런 것이 없습니다. 무엇을 볼지 오른쪽에서 고르십시오.</translation>
    </message>
    <message>
        <source>This was not recorded at this step.</source>
        <translation>이 단계에서는 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>The network goes through this step once more...</source>
        <translation>신경망이 이 단계를 한 번 더 지나가는 중입니다...</translation>
    </message>
    <message>
        <source>latent</source>
        <translation>잠재 변수</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>강좌</translation>
    </message>
    <message>
        <source>A run is in progress: stop it first, or wait for it.</source>
        <translation>실행이 진행 중입니다. 먼저 멈추거나 기다리십시오.</translation>
    </message>
    <message>
        <source>It starts when the run in progress has ended.</source>
        <translation>진행 중인 실행이 끝나면 시작합니다.</translation>
    </message>
    <message>
        <source>This run is not touched, or the untouched one is not there: try something that is seen, on the right.</source>
        <translation>이 실행에는 개입하지 않았거나, 개입하지 않은 실행이 없습니다. 오른쪽에서, 보이는 것을 시험해 보십시오.</translation>
    </message>
    <message>
        <source>Run %1, untouched</source>
        <translation>실행 %1, 개입 없음</translation>
    </message>
    <message>
        <source>Run %1, touched</source>
        <translation>실행 %1, 개입 있음</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>The session was not saved: it was stopped.</source>
        <translation>세션이 저장되지 않았습니다: 중지되었습니다.</translation>
    </message>
    <message>
        <source>The session %1 was removed or replaced by another program. What you see is still here: save a copy of the session, and open that.</source>
        <translation>다른 프로그램이 세션 %1을(를) 제거하거나 바꾸었습니다. 화면에 보이는 것은 아직 여기 있습니다. 세션의 사본을 저장하고 그것을 여십시오.</translation>
    </message>
</context>
<context>
    <name>KeptField</name>
    <message>
        <source>Delete all</source>
        <translation>모두 삭제</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Delete all (%1)</source>
        <translation>모두 삭제 (%1)</translation>
    </message>
</context>
<context>
    <name>LayerPicker</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>...</source>
        <translation>...</translation>
    </message>
    <message>
        <source>Several layers</source>
        <translation>여러 레이어</translation>
    </message>
    <message>
        <source>Choose several layers: their mean is seen, each map brought to the latent&apos;s size before</source>
        <translation>여러 레이어를 고르면 평균이 보입니다. 맵은 먼저 잠재 변수의 크기로 맞춥니다</translation>
    </message>
    <message>
        <source>Layers of the mean</source>
        <translation>평균할 레이어</translation>
    </message>
</context>
<context>
    <name>LessonPanel</name>
    <message>
        <source>Lesson</source>
        <translation>강좌</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>실행하기</translation>
    </message>
    <message>
        <source>Fill in the sample of this lesson and make its picture; what is there now comes back with Undo</source>
        <translation>이 강좌의 샘플을 채우고 이미지를 만듭니다. 지금 있는 것은 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Text of the lesson</source>
        <translation>강좌의 글</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>LicenceBox</name>
    <message>
        <source>Not for commercial use</source>
        <translation>상업적으로 쓸 수 없음</translation>
    </message>
    <message>
        <source>I accept this licence</source>
        <translation>이 라이선스에 동의합니다</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>라이선스: %1</translation>
    </message>
    <message>
        <source>Its publisher names no licence</source>
        <translation>배포자가 라이선스를 밝히지 않았습니다</translation>
    </message>
    <message>
        <source>Read it in the browser</source>
        <translation>브라우저에서 읽기</translation>
    </message>
    <message>
        <source>Accepted on %1</source>
        <translation>%1에 동의함</translation>
    </message>
</context>
<context>
    <name>Looks</name>
    <message>
        <source>This mode cannot be looked into.</source>
        <translation>이 모드는 들여다볼 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>LoraChoice</name>
    <message>
        <source>There are %1 LoRAs in the list, and more cannot be: take one out first.</source>
        <translation>목록에 LoRA가 %1개 있어 더 넣을 수 없습니다. 먼저 하나를 빼십시오.</translation>
    </message>
</context>
<context>
    <name>LoraList</name>
    <message>
        <source>Files that teach the model a style, a person or a thing</source>
        <translation>모델에 화풍이나 사람, 사물을 가르치는 파일</translation>
    </message>
    <message>
        <source>Add a LoRA…</source>
        <translation>LoRA 추가…</translation>
    </message>
    <message>
        <source>LoRAs (%1)</source>
        <translation>LoRA (%1)</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>파일을 읽는 중…</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1의 가중치</translation>
    </message>
    <message>
        <source>How much of it is added; 1 is as it was trained, less than 0 the opposite.</source>
        <translation>얼마나 더할지 정합니다. 1이면 학습된 그대로, 0보다 작으면 반대로 작용합니다.</translation>
    </message>
    <message>
        <source>Take it out of the list</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>Take out: %1</source>
        <translation>빼기: %1</translation>
    </message>
    <message>
        <source>Words: %1</source>
        <translation>단어: %1</translation>
    </message>
    <message>
        <source>Put these words behind the prompt</source>
        <translation>이 단어들을 프롬프트 뒤에 넣기</translation>
    </message>
    <message>
        <source>Put the words of %1 behind the prompt</source>
        <translation>%1의 단어들을 프롬프트 뒤에 넣기</translation>
    </message>
    <message>
        <source>Add a LoRA</source>
        <translation>LoRA 추가</translation>
    </message>
    <message>
        <source>On this &amp;computer...</source>
        <translation>이 컴퓨터에서(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;File...</source>
        <translation>파일(&amp;F)...</translation>
    </message>
    <message>
        <source>LoRAs (*.safetensors *.pt *.pth *.bin *.ckpt);;All files (*)</source>
        <translation>LoRA (*.safetensors *.pt *.pth *.bin *.ckpt);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Another window of Simile is open and does not answer. This one stands beside it.</source>
        <translation>Simile의 다른 창이 열려 있는데 응답하지 않습니다. 이 창은 그 옆에 따로 열렸습니다.</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>%1(으)로 저장했습니다</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>클립보드에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Close Simile</source>
        <translation>Simile 닫기</translation>
    </message>
    <message>
        <source>A run is in progress.</source>
        <translation>실행이 진행 중입니다.</translation>
    </message>
    <message>
        <source>A run is in progress, at step %1 of %2.</source>
        <translation>실행이 진행 중입니다(단계 %1/%2).</translation>
    </message>
    <message>
        <source>Its picture is lost when the window is closed now.</source>
        <translation>지금 창을 닫으면 그 이미지는 사라집니다.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>멈추고 닫기</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Branch from step %1</source>
        <translation>단계 %1에서 분기(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Branch from this step</source>
        <translation>이 단계에서 분기(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>패널(&amp;P)</translation>
    </message>
    <message>
        <source>About Simile</source>
        <translation>Simile 정보</translation>
    </message>
    <message>
        <source>&lt;b&gt;Simile %1&lt;/b&gt;&lt;br&gt;Edit pictures by example.&lt;br&gt;&lt;br&gt;Licence: GNU General Public License, version 3 or later.</source>
        <translation>&lt;b&gt;Simile %1&lt;/b&gt;&lt;br&gt;예시를 보여 이미지를 편집합니다.&lt;br&gt;&lt;br&gt;라이선스: GNU General Public License 버전 3 이상.</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>프리셋 (*.json)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 파일 열기(&amp;R)</translation>
    </message>
    <message>
        <source>Simile ended by a fault the last time. What was made until then is kept. A report for its makers lies in %1; it is sent nowhere.</source>
        <translation>지난번에 Simile이 오류로 종료되었습니다. 그때까지 만든 것은 보관되어 있습니다. 개발자를 위한 보고서가 %1에 있으며 어디에도 전송되지 않습니다.</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)</source>
        <translation>이미지 (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>Map over the picture</source>
        <translation>이미지 위의 맵</translation>
    </message>
    <message>
        <source>%1, injected</source>
        <translation>%1, 주입됨</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cell %1, %2</source>
        <translation>칸 %1, %2</translation>
    </message>
    <message>
        <source>an outline</source>
        <translation>윤곽선</translation>
    </message>
    <message>
        <source>cell %1</source>
        <translation>칸 %1</translation>
    </message>
    <message>
        <source>cells %1 to %2</source>
        <translation>칸 %1~%2</translation>
    </message>
    <message>
        <source>First place: %1</source>
        <translation>첫째 자리: %1</translation>
    </message>
    <message>
        <source>Second place: %1</source>
        <translation>둘째 자리: %1</translation>
    </message>
    <message>
        <source>%1 by %2 cells, %3 to %4</source>
        <translation>%1 × %2칸, %3~%4</translation>
    </message>
    <message>
        <source>map</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save as PNG...</source>
        <translation>PNG로 저장...</translation>
    </message>
</context>
<context>
    <name>MapScale</name>
    <message>
        <source>Scale of the colours</source>
        <translation>색 눈금</translation>
    </message>
    <message>
        <source>%1, %2 to %3</source>
        <translation>%1, %2~%3</translation>
    </message>
    <message>
        <source>Red, green, blue: components 1, 2, 3, each from its least to its largest score</source>
        <translation>빨강, 초록, 파랑: 성분 1, 2, 3. 저마다 가장 작은 점수에서 가장 큰 점수까지</translation>
    </message>
</context>
<context>
    <name>MapSheet</name>
    <message>
        <source>All layers at many steps</source>
        <translation>여러 단계의 모든 레이어</translation>
    </message>
    <message>
        <source>Layers downwards, steps across; a row has one scale. Arrows go through them; Return or a click enlarges one.</source>
        <translation>아래로 레이어, 옆으로 단계입니다. 한 행은 같은 눈금을 씁니다. 화살표로 옮겨 다니고, Return이나 클릭으로 크게 봅니다.</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, 단계 %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>단계 %1</translation>
    </message>
</context>
<context>
    <name>Maps</name>
    <message>
        <source>Map for %1</source>
        <translation>%1의 맵</translation>
    </message>
    <message>
        <source>The picture for %1 is now its map (%2).</source>
        <translation>%1의 이미지가 이제 그 맵(%2)입니다.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>There is no model %1.</source>
        <translation>모델 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Converting %1 to safetensors</source>
        <translation>%1을(를) safetensors로 변환하는 중</translation>
    </message>
    <message>
        <source>the model, which is being converted</source>
        <translation>변환 중인 모델</translation>
    </message>
    <message>
        <source>the model, which is being read</source>
        <translation>읽는 중인 모델</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Stable Diffusion %1 model</source>
        <translation>Stable Diffusion %1 모델</translation>
    </message>
    <message>
        <source>Stable Diffusion %1 inpainting model</source>
        <translation>Stable Diffusion %1 인페인팅 모델</translation>
    </message>
    <message>
        <source>1.x or 2.x</source>
        <translation>1.x 또는 2.x</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 is %2 (paper: %3)</source>
        <translation>%1: %2 (논문: %3)</translation>
    </message>
    <message>
        <source>%1 is %2 (usually: %3)</source>
        <translation>%1: %2 (보통: %3)</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 꺼짐</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>Paper&apos;s settings</source>
        <translation>논문의 설정</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Default model (small, for drawn figures)</source>
        <translation>기본 모델(작음, 그린 도형용)</translation>
    </message>
    <message>
        <source>Open &amp;file...</source>
        <translation>파일 열기(&amp;F)...</translation>
    </message>
    <message>
        <source>Open f&amp;older...</source>
        <translation>폴더 열기(&amp;O)...</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>모델 폴더 열기</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>모델 파일 열기</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.ckpt *.pt *.pth *.bin)</source>
        <translation>모델 (*.safetensors *.ckpt *.pt *.pth *.bin)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Simile mini (default)</source>
        <translation>Simile mini (기본)</translation>
    </message>
    <message>
        <source>A small model for drawn figures.</source>
        <translation>그린 도형을 위한 작은 모델입니다.</translation>
    </message>
    <message>
        <source>%1, native side %2 px.</source>
        <translation>%1, 기본 한 변 %2 px.</translation>
    </message>
    <message>
        <source>Its values: %1.</source>
        <translation>권장값: %1.</translation>
    </message>
    <message>
        <source>For photographs...</source>
        <translation>사진을 편집하려면...</translation>
    </message>
    <message>
        <source>Get a %1, as one .safetensors file or as a folder with unet, vae and text_encoder in it, and choose Open file or Open folder in the list above.</source>
        <translation>%1을(를) .safetensors 파일 하나로, 또는 unet, vae, text_encoder가 든 폴더로 구한 다음 위 목록에서 파일 열기나 폴더 열기를 고르십시오.</translation>
    </message>
    <message>
        <source>All of the paper&apos;s values, whatever the model recommends (preset &quot;paper&quot;).</source>
        <translation>모델이 무엇을 권장하든 모두 논문의 값을 씁니다(프리셋 &quot;paper&quot;).</translation>
    </message>
    <message>
        <source>&amp;Get models...</source>
        <translation>모델 받기(&amp;G)...</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>이 컴퓨터에서 찾음</translation>
    </message>
    <message>
        <source>On this &amp;computer...</source>
        <translation>이 컴퓨터에서(&amp;C)...</translation>
    </message>
    <message>
        <source>These on this computer fit: %1.</source>
        <translation>이 컴퓨터의 다음 것이 맞습니다: %1.</translation>
    </message>
    <message>
        <source>Looking for one on this computer...</source>
        <translation>이 컴퓨터에서 찾는 중입니다...</translation>
    </message>
    <message>
        <source>None that fits was found on this computer.</source>
        <translation>이 컴퓨터에서 맞는 것을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>All networks...</source>
        <translation>모든 신경망...</translation>
    </message>
    <message>
        <source>Get one...</source>
        <translation>받기...</translation>
    </message>
    <message>
        <source>Get models...</source>
        <translation>모델 받기...</translation>
    </message>
</context>
<context>
    <name>NameRow</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>What stands in braces is put in by the program</source>
        <translation>중괄호 안은 프로그램이 채웁니다</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>삽입(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Browse...</source>
        <translation>찾아보기(&amp;B)...</translation>
    </message>
</context>
<context>
    <name>NetworkField</name>
    <message>
        <source>Browse</source>
        <translation>찾아보기</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>%1 고르기</translation>
    </message>
    <message>
        <source>On this &amp;computer...</source>
        <translation>이 컴퓨터에서(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;File...</source>
        <translation>파일(&amp;F)...</translation>
    </message>
    <message>
        <source>F&amp;older...</source>
        <translation>폴더(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Get models...</source>
        <translation>모델 받기(&amp;G)...</translation>
    </message>
    <message>
        <source>%1 is not there: choose another.</source>
        <translation>%1이(가) 없습니다. 다른 것을 고르십시오.</translation>
    </message>
    <message>
        <source>None chosen</source>
        <translation>고르지 않음</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Nothing that fits was found</source>
        <translation>맞는 것을 찾지 못했습니다</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>파일 고르기</translation>
    </message>
</context>
<context>
    <name>NetworkRest</name>
    <message>
        <source>The networks were released, and %1 of memory are free now. The next run loads them again.</source>
        <translation>신경망을 메모리에서 내려 이제 %1를 쓸 수 있습니다. 다음 실행에서 다시 불러옵니다.</translation>
    </message>
    <message>
        <source>The networks were released. The next run loads them again.</source>
        <translation>신경망을 메모리에서 내렸습니다. 다음 실행에서 다시 불러옵니다.</translation>
    </message>
    <message>
        <source>The networks were released, and %1 of the GPU&apos;s memory are free now. The next run loads them again.</source>
        <translation>신경망을 GPU 메모리에서 내려 이제 GPU 메모리 %1를 쓸 수 있습니다. 다음 실행에서 다시 불러옵니다.</translation>
    </message>
</context>
<context>
    <name>NoisePlot</name>
    <message>
        <source>Latent norm by step</source>
        <translation>단계별 잠재 변수 크기</translation>
    </message>
    <message>
        <source>The root mean square of the latent after each step: how much noise is left.</source>
        <translation>각 단계 뒤 잠재 변수의 제곱평균제곱근: 노이즈가 얼마나 남았는지 나타냅니다.</translation>
    </message>
    <message>
        <source>Latent norm</source>
        <translation>잠재 변수 크기</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Notification</name>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>On the processor</source>
        <translation>프로세서에서</translation>
    </message>
    <message>
        <source>Start Simile again</source>
        <translation>Simile 다시 시작</translation>
    </message>
    <message>
        <source>Size %1</source>
        <translation>크기 %1</translation>
    </message>
    <message>
        <source>One candidate</source>
        <translation>후보 하나만</translation>
    </message>
    <message>
        <source>Guidance in two halves</source>
        <translation>가이던스를 두 번에 나누어 계산</translation>
    </message>
    <message>
        <source>Half precision (%1)</source>
        <translation>반정밀도 (%1)</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1을(를) %2(으)로</translation>
    </message>
    <message>
        <source>%1 files were given; there are places for %2.</source>
        <translation>파일 %1개를 받았는데 자리는 %2개입니다.</translation>
    </message>
    <message>
        <source>Exchange %1 and %2</source>
        <translation>%1과(와) %2 바꾸기</translation>
    </message>
    <message>
        <source>Put them there</source>
        <translation>거기에 넣기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>%1 was saved by Simile and carries its run.</source>
        <translation>%1은(는) Simile가 저장한 것으로, 그 실행을 담고 있습니다.</translation>
    </message>
    <message>
        <source>Use as image</source>
        <translation>이미지로 쓰기</translation>
    </message>
    <message>
        <source>Restore run</source>
        <translation>실행 되살리기</translation>
    </message>
    <message>
        <source>Addresses were left out: nothing is fetched from them. Save such a picture as a file, and drop that.</source>
        <translation>주소는 제외했습니다. 주소에서는 아무것도 가져오지 않습니다. 그 이미지를 파일로 저장하여 놓으십시오.</translation>
    </message>
</context>
<context>
    <name>OwnPresets</name>
    <message>
        <source>Preset %1</source>
        <translation>프리셋 %1</translation>
    </message>
    <message>
        <source>Preset Recommended</source>
        <translation>프리셋 권장</translation>
    </message>
</context>
<context>
    <name>OwnPresetsDialog</name>
    <message>
        <source>&amp;Rename</source>
        <translation>이름 바꾸기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Share as a file...</source>
        <translation>파일로 공유(&amp;S)...</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Take back</source>
        <translation>되돌리기(&amp;T)</translation>
    </message>
    <message>
        <source>Own presets of %1</source>
        <translation>%1의 내 프리셋</translation>
    </message>
    <message>
        <source>Own presets</source>
        <translation>내 프리셋</translation>
    </message>
    <message>
        <source>Take &amp;in...</source>
        <translation>가져오기(&amp;I)...</translation>
    </message>
    <message>
        <source>There is none yet. Save as preset, in the list of presets, makes one of the values as they are.</source>
        <translation>아직 없습니다. 프리셋 목록의 ‘프리셋으로 저장’이 지금 값으로 하나를 만듭니다.</translation>
    </message>
    <message>
        <source>Share the preset</source>
        <translation>프리셋 공유</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>프리셋 (*.json)</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>%1을(를) 휴지통으로 옮겼습니다.</translation>
    </message>
</context>
<context>
    <name>PaintPane</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Fill %1</source>
        <translation>%1 모두 채우기</translation>
    </message>
    <message>
        <source>Erase %1</source>
        <translation>%1 모두 지우기</translation>
    </message>
    <message>
        <source>Invert %1</source>
        <translation>%1 반전</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Paint the mask</source>
        <translation>마스크 칠하기</translation>
    </message>
    <message>
        <source>Edit the map for %1</source>
        <translation>%1의 맵 편집</translation>
    </message>
    <message>
        <source>Mask over the picture for %1</source>
        <translation>%1 이미지 위의 마스크</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Pick colour</source>
        <translation>색 고르기</translation>
    </message>
    <message>
        <source>white</source>
        <translation>흰색</translation>
    </message>
    <message>
        <source>black</source>
        <translation>검은색</translation>
    </message>
    <message>
        <source>Click on the map to take the colour there.</source>
        <translation>맵에서 색을 가져올 곳을 클릭하십시오.</translation>
    </message>
    <message>
        <source>What is hatched is painted anew. The right button erases, the wheel zooms, Space or the middle button moves the picture. Hold B to see it without the mask.</source>
        <translation>빗금 친 곳을 새로 그립니다. 오른쪽 단추는 지우고, 휠은 확대·축소하고, Space나 가운데 단추는 이미지를 옮깁니다. B를 누르고 있으면 마스크 없이 보입니다.</translation>
    </message>
    <message>
        <source>The right button paints %1, the wheel zooms, Space or the middle button moves the map. Hold B to see it as it was.</source>
        <translation>오른쪽 단추는 %1(으)로 칠하고, 휠은 확대·축소하고, Space나 가운데 단추는 맵을 옮깁니다. B를 누르고 있으면 이전 그대로 보입니다.</translation>
    </message>
    <message>
        <source>The arrow keys move the brush, Return paints, Backspace erases.</source>
        <translation>화살표 키는 붓을 움직이고, Return은 칠하고, Backspace는 지웁니다.</translation>
    </message>
    <message>
        <source>painted mask</source>
        <translation>칠한 마스크</translation>
    </message>
    <message>
        <source>Cancel painting</source>
        <translation>칠하기 취소</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>붓의 크기</translation>
    </message>
    <message>
        <source>Size of the brush in pixels</source>
        <translation>붓의 크기(픽셀)</translation>
    </message>
    <message>
        <source>Size of the brush, in pixels of the picture ([ and ])</source>
        <translation>붓의 크기. 이미지의 픽셀 단위입니다([ 및 ])</translation>
    </message>
</context>
<context>
    <name>Paintable</name>
    <message>
        <source>Paint the mask</source>
        <translation>마스크 칠하기</translation>
    </message>
    <message>
        <source>Edit the map</source>
        <translation>맵 편집</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>Unit: %1</source>
        <translation>단위: %1</translation>
    </message>
    <message>
        <source>Value: %1</source>
        <translation>값: %1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 초기화</translation>
    </message>
    <message>
        <source>With the other values it can be %1.</source>
        <translation>다른 값들과 함께라면 %1일 수 있습니다.</translation>
    </message>
    <message>
        <source>Back to the value that counts without your change</source>
        <translation>직접 바꾸지 않았을 때의 값으로 되돌립니다</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>파일 고르기</translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation>몇 단어로 쓰십시오</translation>
    </message>
    <message>
        <source>None chosen</source>
        <translation>고르지 않음</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>찾아보기</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>%1 고르기</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>파일...</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>폴더...</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1 characters were left out: %2 fit here.</source>
        <translation>%1자를 뺐습니다. 여기에는 %2자까지 들어갑니다.</translation>
    </message>
    <message>
        <source>%1 more characters are not shown. If you change the text, they are gone.</source>
        <translation>%1자는 더 있지만 표시되지 않습니다. 글을 바꾸면 사라집니다.</translation>
    </message>
</context>
<context>
    <name>ParametersDock</name>
    <message>
        <source>Parameters</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>PictureCell</name>
    <message>
        <source>pasted</source>
        <translation>붙여넣은 이미지</translation>
    </message>
    <message>
        <source>What the picture for %1 is</source>
        <translation>%1의 이미지가 무엇인지 고릅니다</translation>
    </message>
    <message>
        <source>What the picture is, or which map of it is made</source>
        <translation>이미지가 무엇인지, 또는 이미지로 어떤 맵을 만드는지 고릅니다</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>맵 만들기</translation>
    </message>
    <message>
        <source>Puts the map into the place of the picture, so that it is seen before the run and can be saved, edited and loaded again</source>
        <translation>이미지 자리에 맵을 넣어, 실행하기 전에 보고 저장하고 편집하고 다시 불러올 수 있게 합니다</translation>
    </message>
    <message>
        <source>Paints over the map, to take lines away or to add some</source>
        <translation>맵 위에 칠해 선을 지우거나 더합니다</translation>
    </message>
    <message>
        <source>Paints the mask over the picture that it belongs to</source>
        <translation>마스크가 속하는 이미지 위에 마스크를 칠합니다</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1의 가중치</translation>
    </message>
    <message>
        <source>How much the picture counts: 0 not at all, 1 as it is</source>
        <translation>이미지를 얼마나 반영할지: 0이면 전혀, 1이면 그대로</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>The part of the run in which the picture acts, of 1</source>
        <translation>이미지가 작용하는 실행의 구간. 전체가 1입니다</translation>
    </message>
    <message>
        <source>From, of the run</source>
        <translation>구간의 시작</translation>
    </message>
    <message>
        <source>Until, of the run</source>
        <translation>구간의 끝</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>작용</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 +</source>
        <translation>%1 +</translation>
    </message>
    <message>
        <source>Making it...</source>
        <translation>만드는 중...</translation>
    </message>
    <message>
        <source>Cannot act: %1</source>
        <translation>작용할 수 없음: %1</translation>
    </message>
</context>
<context>
    <name>PicturePlace</name>
    <message>
        <source>This is an address: save the picture as a file, and drop that.</source>
        <translation>이것은 주소입니다. 그림을 파일로 저장한 뒤 그 파일을 놓으십시오.</translation>
    </message>
    <message>
        <source>This is text: drop or paste a picture or its file.</source>
        <translation>이것은 글입니다. 그림이나 그림 파일을 놓거나 붙여 넣으십시오.</translation>
    </message>
    <message>
        <source>Only pictures and files</source>
        <translation>그림과 파일만</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>%1 이미지</translation>
    </message>
    <message>
        <source>Empty. Drop, paste or press Enter to choose a picture.</source>
        <translation>비어 있습니다. 이미지를 놓거나 붙여넣거나, Enter를 눌러 고르십시오.</translation>
    </message>
    <message>
        <source>%1, %2 by %3</source>
        <translation>%1, %2 × %3</translation>
    </message>
    <message>
        <source>%1
becomes %2</source>
        <translation>%1 →
%2</translation>
    </message>
    <message>
        <source>Swap %1 and %2</source>
        <translation>%1과(와) %2 바꾸기</translation>
    </message>
    <message numerus="yes">
        <source>Fill the slots
with %n pictures</source>
        <translation>
            <numerusform>이미지 %n개로
슬롯 채우기</numerusform>
        </translation>
    </message>
    <message>
        <source>Put into %1</source>
        <translation>%1에 넣기</translation>
    </message>
    <message>
        <source>Replace %1</source>
        <translation>%1 바꿔 넣기</translation>
    </message>
    <message>
        <source>Save the original file</source>
        <translation>원래 파일 저장</translation>
    </message>
    <message>
        <source>The file as it was (*%1)</source>
        <translation>원래 파일 그대로 (*%1)</translation>
    </message>
    <message>
        <source>Swap with %1</source>
        <translation>%1과(와) 바꾸기</translation>
    </message>
    <message>
        <source>Move forward	Alt+Left</source>
        <translation>앞으로 옮기기	Alt+Left</translation>
    </message>
    <message>
        <source>Move back	Alt+Right</source>
        <translation>뒤로 옮기기	Alt+Right</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>왼쪽으로 돌리기</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>오른쪽으로 돌리기</translation>
    </message>
    <message>
        <source>Crop...</source>
        <translation>자르기...</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>열기...</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save as PNG...</source>
        <translation>PNG로 저장...</translation>
    </message>
    <message>
        <source>Save the original file...</source>
        <translation>원래 파일 저장...</translation>
    </message>
    <message>
        <source>Take in
the preset</source>
        <translation>프리셋
가져오기</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>최근 이미지</translation>
    </message>
    <message>
        <source>There is no picture any more: the program that it was copied from gives none. Copy it again.</source>
        <translation>이미지가 더 이상 없습니다. 복사한 프로그램이 이미지를 주지 않습니다. 다시 복사하십시오.</translation>
    </message>
</context>
<context>
    <name>PlaceField</name>
    <message>
        <source>&amp;Browse...</source>
        <translation>찾아보기(&amp;B)...</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>There is no such folder: the one before counts.</source>
        <translation>그런 폴더가 없어 이전 폴더를 씁니다.</translation>
    </message>
    <message>
        <source>There is no such file: the one before counts.</source>
        <translation>그런 파일이 없어 이전 파일을 씁니다.</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der)</source>
        <translation>인증서 (*.pem *.crt *.cer *.der)</translation>
    </message>
</context>
<context>
    <name>PluginNotices</name>
    <message>
        <source>The plug-in %1 is new in your folder. It would have all rights that you have. Load it from the next start on?</source>
        <translation>플러그인 %1이(가) 폴더에 새로 있습니다. 사용자와 같은 모든 권한을 갖게 됩니다. 다음 시작부터 불러올까요?</translation>
    </message>
    <message>
        <source>The plug-in %1 is another file than the one that you allowed, so it was not loaded. Load it from the next start on?</source>
        <translation>플러그인 %1은(는) 허용한 파일과 다른 파일이라서 불러오지 않았습니다. 다음 시작부터 불러올까요?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>불러오기</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>The plug-in %1 was not loaded: the last time, the program ended or had to begin again because of it. Try it again at the next start?</source>
        <translation>플러그인 %1을(를) 불러오지 않았습니다. 지난번에 이 플러그인 때문에 프로그램이 종료되었거나 다시 시작해야 했습니다. 다음 시작 때 다시 시도할까요?</translation>
    </message>
</context>
<context>
    <name>PresetButton</name>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>권장</translation>
    </message>
    <message>
        <source>&amp;Save as preset...</source>
        <translation>프리셋으로 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>&amp;Take in from a file...</source>
        <translation>파일에서 가져오기(&amp;T)...</translation>
    </message>
    <message>
        <source>&amp;Own presets...</source>
        <translation>내 프리셋(&amp;O)...</translation>
    </message>
    <message>
        <source>The values that the model recommends, else the method&apos;s own.</source>
        <translation>모델이 권장하는 값, 없으면 방법의 기본값입니다.</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>내 프리셋</translation>
    </message>
    <message>
        <source>Take in a preset</source>
        <translation>프리셋 가져오기</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>프리셋 (*.json)</translation>
    </message>
    <message>
        <source>The preset %1 is for a tool, which has none of its own.</source>
        <translation>프리셋 %1은(는) 도구의 것인데, 도구에는 내 프리셋이 없습니다.</translation>
    </message>
    <message>
        <source>The preset %1 is among your own for %2 already.</source>
        <translation>프리셋 %1은(는) 이미 %2의 내 프리셋에 있습니다.</translation>
    </message>
    <message>
        <source>The preset %1 is among your own for %2 now.</source>
        <translation>프리셋 %1을(를) %2의 내 프리셋에 넣었습니다.</translation>
    </message>
    <message>
        <source>Switch to %1 and use it</source>
        <translation>%1(으)로 전환해 쓰기</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Preset %1</source>
        <translation>프리셋 %1</translation>
    </message>
    <message>
        <source>The others are there; mend the file or delete it.</source>
        <translation>나머지는 있습니다. 그 파일을 고치거나 삭제하십시오.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>Move in the queue</source>
        <translation>대기열에서 옮기기</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>대기열에서 빼기</translation>
    </message>
    <message>
        <source>Clear the queue</source>
        <translation>대기열 비우기</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Runs that wait</source>
        <translation>기다리는 실행</translation>
    </message>
    <message>
        <source>Drag a run, or move it with Alt and an arrow key; Del takes it out.</source>
        <translation>실행을 끌거나 Alt와 화살표 키로 옮기십시오. Del을 누르면 빠집니다.</translation>
    </message>
    <message>
        <source>Start next</source>
        <translation>다음으로 시작</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>시드 %1</translation>
    </message>
    <message numerus="yes">
        <source>Run %1 paused, %n waiting</source>
        <translation>
            <numerusform>실행 %1 일시 정지, %n개 대기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting, paused</source>
        <translation>
            <numerusform>%n개 대기, 일시 정지</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n개 대기</numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1 goes on from step %2, then the others start.</source>
        <translation>실행 %1이(가) 단계 %2부터 이어지고, 그다음 나머지가 시작합니다.</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>일시 정지됨: %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>계속(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>Go on with what was paused, and then with what waits</source>
        <translation>일시 정지한 것을 이어 가고, 그다음 기다리는 것을 합니다</translation>
    </message>
    <message>
        <source>Start none of the runs that wait when this one has ended</source>
        <translation>이번 실행이 끝나면 기다리는 실행을 시작하지 않습니다</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>None yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Not remembered (Edit &gt; Settings, Files)</source>
        <translation>기억하지 않음 (편집 &gt; 설정, 파일)</translation>
    </message>
    <message>
        <source>&amp;Clear list</source>
        <translation>목록 비우기(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Restorer</name>
    <message>
        <source>%1 carries no run of this program: it can be used as a picture.</source>
        <translation>%1에는 이 프로그램의 실행이 들어 있지 않습니다. 이미지로 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 was made with &quot;%2&quot;, which this program does not have.</source>
        <translation>%1은(는) &quot;%2&quot;(으)로 만들었는데, 이 프로그램에는 그것이 없습니다.</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>%1 되살리기</translation>
    </message>
    <message>
        <source>Restore run %1</source>
        <translation>실행 %1 되살리기</translation>
    </message>
    <message>
        <source>Pictures of run %1</source>
        <translation>실행 %1의 이미지</translation>
    </message>
    <message>
        <source>Prompt of run %1</source>
        <translation>실행 %1의 프롬프트</translation>
    </message>
    <message>
        <source>Seed of run %1</source>
        <translation>실행 %1의 시드</translation>
    </message>
    <message>
        <source>The picture was made with files that have to be chosen again: %1.</source>
        <translation>이 이미지를 만들 때 쓴 파일을 다시 골라야 합니다: %1.</translation>
    </message>
    <message>
        <source>The picture was computed in the precision %1, and %2 is chosen now: the result may differ a little.</source>
        <translation>이 이미지는 정밀도 %1(으)로 계산했는데 지금은 %2이(가) 선택되어 있습니다. 결과가 조금 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>Branch from step %1 of run %2</source>
        <translation>실행 %2의 단계 %1에서 분기</translation>
    </message>
    <message>
        <source>This version has no use for these settings of the picture: %1.</source>
        <translation>이 버전에서는 이미지에 담긴 다음 설정을 쓰지 않습니다: %1.</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>The picture was made with the model %1, which is not among the known ones: another model gives another picture.</source>
        <translation>이 이미지는 모델 %1(으)로 만들었는데, 알려진 모델 가운데 그것이 없습니다. 모델이 다르면 이미지도 다릅니다.</translation>
    </message>
    <message>
        <source>The picture was made with LoRAs that are not among the known ones, and without them the result will differ: %1.</source>
        <translation>이 이미지를 만들 때 쓴 LoRA가 알려진 것 가운데 없습니다. LoRA 없이는 결과가 다릅니다: %1.</translation>
    </message>
    <message>
        <source>The picture&apos;s model was taken to predict &quot;%1&quot;, and &quot;%2&quot; is chosen now (Edit &gt; Settings, Models): the result will differ.</source>
        <translation>이 이미지는 모델이 &quot;%1&quot;을(를) 예측한다고 보고 만들었는데 지금은 &quot;%2&quot;이(가) 선택되어 있습니다(편집 &gt; 설정, 모델). 결과가 다릅니다.</translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message>
        <source>&amp;Grid</source>
        <translation>격자(&amp;G)</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Starting...</source>
        <translation>시작하는 중...</translation>
    </message>
    <message>
        <source>The result appears here.</source>
        <translation>결과가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Ready: press Run or Ctrl+Return.</source>
        <translation>준비되었습니다: 실행 또는 Ctrl+Return을 누르십시오.</translation>
    </message>
    <message>
        <source>Still needed:</source>
        <translation>아직 필요한 것:</translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation>실행이 실패했습니다</translation>
    </message>
    <message>
        <source>result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>The latent of this step is not there any more.</source>
        <translation>이 단계의 잠재 변수가 더는 없습니다.</translation>
    </message>
    <message>
        <source>The hash of the latent after step %1 is on the clipboard.</source>
        <translation>단계 %1 뒤 잠재 변수의 해시를 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>candidate %1</source>
        <translation>후보 %1</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>It was interrupted after step %1 of %2.</source>
        <translation>단계 %1/%2 뒤에 중단되었습니다.</translation>
    </message>
    <message>
        <source>This run is damaged in the session and cannot be read, so it is left there as it is: %1 The other runs are not concerned.</source>
        <translation>세션에서 이 실행이 손상되어 읽을 수 없으므로 그대로 두었습니다: %1 다른 실행에는 영향이 없습니다.</translation>
    </message>
</context>
<context>
    <name>RunCompare</name>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>달라진 점</translation>
    </message>
    <message>
        <source>What changed from run %1 to run %2</source>
        <translation>실행 %1에서 실행 %2(으)로 달라진 점</translation>
    </message>
    <message>
        <source>Nothing: both were asked for the same, with the same seed.</source>
        <translation>없습니다: 둘 다 같은 시드로 같은 것을 요청했습니다.</translation>
    </message>
</context>
<context>
    <name>RunDifference</name>
    <message>
        <source>a picture</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>%1 (another picture)</source>
        <translation>%1 (다른 이미지)</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>모드</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>The model predicts</source>
        <translation>모델이 예측하는 것</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source> (%1 of %2)</source>
        <translation> (%1/%2)</translation>
    </message>
    <message>
        <source>Step %1 is not kept, so it cannot be decoded.</source>
        <translation>단계 %1은(는) 남아 있지 않아 디코딩할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>RunsDock</name>
    <message>
        <source>Run %1, seed %2</source>
        <translation>실행 %1, 시드 %2</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>모델: %1</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Search the runs by words</source>
        <translation>실행을 단어로 검색합니다</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Runs whose mode, name, values or model have these words</source>
        <translation>모드, 이름, 값 또는 모델에 이 단어들이 있는 실행</translation>
    </message>
    <message>
        <source>Runs of which mode</source>
        <translation>어느 모드의 실행인지 고릅니다</translation>
    </message>
    <message>
        <source>All modes</source>
        <translation>모든 모드</translation>
    </message>
    <message>
        <source>Starred runs only</source>
        <translation>별표한 실행만</translation>
    </message>
    <message>
        <source>Starred runs only (S stars a run)</source>
        <translation>별표한 실행만 봅니다(S를 누르면 별표를 답니다)</translation>
    </message>
    <message>
        <source>No run is like that.</source>
        <translation>그런 실행이 없습니다.</translation>
    </message>
    <message>
        <source>Every run stays here as a thumbnail. Ctrl+Return starts one.</source>
        <translation>모든 실행이 여기에 섬네일로 남습니다. Ctrl+Return으로 실행하십시오.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>프롬프트</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Show run %1, of which it is a branch</source>
        <translation>이 분기가 나온 실행 %1 보기</translation>
    </message>
    <message>
        <source>Copy parameters</source>
        <translation>매개변수 복사</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Star, or take it away	S</source>
        <translation>별표 달기 또는 떼기	S</translation>
    </message>
    <message>
        <source>Name...	F2</source>
        <translation>이름...	F2</translation>
    </message>
    <message>
        <source>What changed between the two</source>
        <translation>두 실행 사이에 달라진 점</translation>
    </message>
    <message>
        <source>Delete	Del</source>
        <translation>삭제	Del</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>실행 %1</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>live</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>일시 정지하는 중</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>중지하는 중</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>열어 본 것</translation>
    </message>
    <message>
        <source>Branch of run %1 from step %2</source>
        <translation>실행 %1의 단계 %2에서 분기</translation>
    </message>
    <message>
        <source>Branch from step %1</source>
        <translation>단계 %1에서 분기</translation>
    </message>
    <message>
        <source>%1 from step %2</source>
        <translation>%1, 단계 %2에서</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>Run %1, %2, %3%4%5%6</source>
        <translation>실행 %1, %2, %3%4%5%6</translation>
    </message>
    <message>
        <source>, starred</source>
        <translation>, 별표</translation>
    </message>
</context>
<context>
    <name>SampleMenu</name>
    <message>
        <source>Sa&amp;mples</source>
        <translation>샘플(&amp;M)</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>&amp;Full</source>
        <translation>모두(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Settings only</source>
        <translation>설정만(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>없음(&amp;N)</translation>
    </message>
    <message>
        <source>Save result</source>
        <translation>결과 저장</translation>
    </message>
    <message>
        <source>&amp;Browse...</source>
        <translation>찾아보기(&amp;B)...</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>메타데이터</translation>
    </message>
    <message>
        <source>The file carries all settings and the input pictures: it alone is enough to restore the run and repeat it.</source>
        <translation>파일에 모든 설정과 입력 이미지가 들어갑니다. 파일만으로 실행을 되살리고 되풀이할 수 있습니다.</translation>
    </message>
    <message>
        <source>The file carries all settings; of the input pictures only a checksum and the bare name.</source>
        <translation>파일에 모든 설정이 들어갑니다. 입력 이미지는 체크섬과 파일 이름만 들어갑니다.</translation>
    </message>
    <message>
        <source>The file carries the picture and nothing else.</source>
        <translation>파일에 이미지만 들어갑니다.</translation>
    </message>
    <message>
        <source>This file exists and will be replaced.</source>
        <translation>이 파일이 이미 있으며, 덮어씁니다.</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 이미지 (*.png)</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>프리셋으로 저장</translation>
    </message>
    <message>
        <source>Own preset</source>
        <translation>내 프리셋</translation>
    </message>
    <message>
        <source>Values in the preset</source>
        <translation>프리셋에 담을 값</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Values in it</source>
        <translation>담을 값(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Files that values name are not among them, so that the preset can be passed on.</source>
        <translation>값에 적힌 파일은 들어가지 않으므로 프리셋을 남에게 건넬 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>All values are the method&apos;s own: there is nothing to keep.</source>
        <translation>모든 값이 방법의 기본값이라 담을 것이 없습니다.</translation>
    </message>
    <message>
        <source>Choose a value at least.</source>
        <translation>값을 하나는 고르십시오.</translation>
    </message>
    <message>
        <source>The preset needs a name.</source>
        <translation>프리셋 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>A preset that comes with Simile is called so.</source>
        <translation>Simile에 딸린 프리셋의 이름입니다.</translation>
    </message>
    <message>
        <source>The preset that is called so is replaced.</source>
        <translation>같은 이름의 프리셋을 바꿉니다.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>바꾸기(&amp;R)</translation>
    </message>
</context>
<context>
    <name>Saver</name>
    <message>
        <source>Save the picture</source>
        <translation>이미지 저장</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 이미지 (*.png)</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>수 저장</translation>
    </message>
    <message>
        <source>Tensors (*.safetensors)</source>
        <translation>텐서 (*.safetensors)</translation>
    </message>
    <message>
        <source>There is no result to save yet.</source>
        <translation>아직 저장할 결과가 없습니다.</translation>
    </message>
    <message>
        <source>The step is decoded in full after the one in progress, then it can be saved.</source>
        <translation>진행 중인 단계 다음에 이 단계를 완전히 디코딩합니다. 그다음 저장할 수 있습니다.</translation>
    </message>
    <message>
        <source>The step is being decoded in full, then it can be saved.</source>
        <translation>이 단계를 완전히 디코딩하는 중입니다. 그다음 저장할 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>다른 파일 고르기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The marked grid is in the clipboard. Give it to a vision-language model of your choice with its question, and take one of its answers as the prompt.</source>
        <translation>표시한 격자를 클립보드에 복사했습니다. 원하는 시각 언어 모델에 그 질문과 함께 주고, 대답 가운데 하나를 프롬프트로 쓰십시오.</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>질문 복사</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>a method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>a value that is possible for %1</source>
        <translation>%1에 쓸 수 있는 값</translation>
    </message>
    <message>
        <source>a model that serves %1</source>
        <translation>%1에 쓸 수 있는 모델</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>별표 달기</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>별표 떼기</translation>
    </message>
    <message>
        <source>Name of run %1</source>
        <translation>실행 %1의 이름</translation>
    </message>
    <message>
        <source>Delete run %1</source>
        <translation>실행 %1 삭제</translation>
    </message>
    <message>
        <source>Delete %1 runs</source>
        <translation>실행 %1개 삭제</translation>
    </message>
    <message>
        <source>Delete old run %1</source>
        <translation>오래된 실행 %1개 삭제</translation>
    </message>
    <message>
        <source>Delete %1 old runs</source>
        <translation>오래된 실행 %1개 삭제</translation>
    </message>
</context>
<context>
    <name>SessionDialog</name>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Delete runs &amp;older than</source>
        <translation>이보다 오래된 실행 삭제(&amp;O)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>아무것도 보관하지 않습니다</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>디스크에서</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>%1, %2 of them with a star</source>
        <translation>%1개, 그중 별표 %2개</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>주</translation>
    </message>
    <message>
        <source>months</source>
        <translation>개월</translation>
    </message>
    <message>
        <source>Unit of the age</source>
        <translation>기간의 단위</translation>
    </message>
    <message>
        <source>No run without a star is that old.</source>
        <translation>별표가 없는 실행 가운데 그만큼 오래된 것이 없습니다.</translation>
    </message>
    <message>
        <source>One run, about %1; those with a star stay. Undo brings it back until this session is closed; then the room is free.</source>
        <translation>실행 하나, 약 %1. 별표한 실행은 남습니다. 이 세션을 닫기 전에는 실행 취소로 되돌릴 수 있고, 닫으면 공간이 비워집니다.</translation>
    </message>
    <message>
        <source>%1 runs, about %2; those with a star stay. Undo brings them back until this session is closed; then the room is free.</source>
        <translation>실행 %1개, 약 %2. 별표한 실행은 남습니다. 이 세션을 닫기 전에는 실행 취소로 되돌릴 수 있고, 닫으면 공간이 비워집니다.</translation>
    </message>
</context>
<context>
    <name>SessionMenu</name>
    <message>
        <source>Sessions (*%1)</source>
        <translation>세션 (*%1)</translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation>새 세션(&amp;N)</translation>
    </message>
    <message>
        <source>Begin with no runs; those of this session stay in it</source>
        <translation>실행 없이 새로 시작합니다. 이 세션의 실행은 이 세션에 남습니다</translation>
    </message>
    <message>
        <source>Open s&amp;ession...</source>
        <translation>세션 열기(&amp;E)...</translation>
    </message>
    <message>
        <source>Open a session that was saved</source>
        <translation>저장한 세션을 엽니다</translation>
    </message>
    <message>
        <source>&amp;Recent sessions</source>
        <translation>최근 세션(&amp;R)</translation>
    </message>
    <message>
        <source>Save session &amp;as...</source>
        <translation>세션을 다른 이름으로 저장(&amp;A)...</translation>
    </message>
    <message>
        <source>Write all runs, and what can be undone, into a file to pass on, without the places of models and files</source>
        <translation>모든 실행과 되돌릴 수 있는 것을 남에게 건넬 파일에 씁니다. 모델과 파일의 위치는 빠집니다</translation>
    </message>
    <message>
        <source>Session and its s&amp;ize...</source>
        <translation>세션과 그 크기(&amp;I)...</translation>
    </message>
    <message>
        <source>How much room the session takes; delete its old runs</source>
        <translation>세션이 차지하는 공간을 보고 오래된 실행을 삭제합니다</translation>
    </message>
    <message>
        <source>The session is written again; nothing was lost.</source>
        <translation>세션이 다시 저장됩니다. 잃어버린 것은 없습니다.</translation>
    </message>
    <message>
        <source>Saving the session: %1 %</source>
        <translation>세션 저장 중: %1 %</translation>
    </message>
    <message>
        <source>%1 is a session: it can be opened when the run in progress is over.</source>
        <translation>%1은(는) 세션입니다. 진행 중인 실행이 끝나면 열 수 있습니다.</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>세션 열기</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>세션 저장</translation>
    </message>
    <message>
        <source>Saved as %1 (%2)</source>
        <translation>%1(으)로 저장했습니다(%2)</translation>
    </message>
    <message>
        <source>One old run is deleted; Ctrl+Z brings it back.</source>
        <translation>오래된 실행 하나를 삭제했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 old runs are deleted; Ctrl+Z brings them back.</source>
        <translation>오래된 실행 %1개를 삭제했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Opening the session %1</source>
        <translation>세션 %1을(를) 여는 중</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>%1 A new one is open now.</source>
        <translation>%1 지금은 새 세션이 열려 있습니다.</translation>
    </message>
    <message>
        <source>Nothing of this session is kept, so save what you want to keep. %1</source>
        <translation>이 세션은 보관되지 않으므로 남기고 싶은 것은 저장하십시오. %1</translation>
    </message>
    <message>
        <source>Nothing of this session is kept: the folder %1 cannot be written. Save what you want to keep.</source>
        <translation>이 세션은 보관되지 않습니다: 폴더 %1에 쓸 수 없습니다. 남기고 싶은 것은 저장하십시오.</translation>
    </message>
    <message>
        <source>This session has settings or runs of a method that is missing here: %1. They are kept, and are back when its plug-in is.</source>
        <translation>이 세션에는 여기에 없는 방법의 설정이나 실행이 있습니다: %1. 그대로 보관되며, 그 플러그인이 돌아오면 다시 나타납니다.</translation>
    </message>
    <message>
        <source>%1 is not a file, so it is no session: choose one whose name ends with %2.</source>
        <translation>%1은(는) 파일이 아니므로 세션이 아닙니다. 이름이 %2(으)로 끝나는 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is this session itself, which is written as you work: choose another name for the copy.</source>
        <translation>%1은(는) 작업하는 동안 저장되는 바로 이 세션입니다. 복사본에는 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is open in another window of Simile: choose another name for the copy.</source>
        <translation>%1은(는) Simile의 다른 창에 열려 있습니다. 복사본에는 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is not a file, so another window can open this session as well: move it away.</source>
        <translation>%1은(는) 파일이 아니므로 다른 창에서도 이 세션을 열 수 있습니다. 다른 곳으로 옮기십시오.</translation>
    </message>
    <message>
        <source>%1 was written by a newer Simile, so this is a copy of what this one knows of it. The file itself stays as it is.</source>
        <translation>%1은(는) 더 새로운 Simile가 쓴 것이어서, 이 프로그램이 아는 내용을 담은 복사본을 열었습니다. 파일 자체는 그대로입니다.</translation>
    </message>
    <message>
        <source>What was edited in %1 is damaged, or the history of that, so this is a copy of all else. The file itself stays as it is.</source>
        <translation>%1에서 편집하던 내용이나 그 작업 기록이 손상되어, 나머지를 모두 담은 복사본을 열었습니다. 파일 자체는 그대로입니다.</translation>
    </message>
    <message>
        <source>Another session is being opened: open %1 when it is there.</source>
        <translation>다른 세션을 여는 중입니다. 그것이 열리면 %1을(를) 여십시오.</translation>
    </message>
    <message>
        <source>%1 cannot be written where it lies, or lies on another computer, so this is a copy of it.</source>
        <translation>%1은(는) 있는 자리에 쓸 수 없거나 다른 컴퓨터에 있어서 그 복사본을 열었습니다.</translation>
    </message>
    <message>
        <source>Simile ended twice while it opened %1, so that is left closed: open it yourself to try again.</source>
        <translation>Simile가 %1을(를) 여는 동안 두 번 끝나서 열지 않고 두었습니다. 다시 해 보려면 직접 여십시오.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>No setting has these words.</source>
        <translation>이 단어들이 들어간 설정이 없습니다.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Search for a setting</source>
        <translation>설정 검색</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>General</source>
        <translation>일반</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>It counts from the next start on.</source>
        <translation>다음에 시작할 때부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Tell when a run is over</source>
        <translation>실행이 끝나면 알리기</translation>
    </message>
    <message>
        <source>By a notification of the desktop, while the window is not looked at.</source>
        <translation>창을 보고 있지 않을 때 데스크톱 알림으로 알립니다.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation>결과 폴더</translation>
    </message>
    <message>
        <source>Where saving a result begins.</source>
        <translation>결과를 저장할 때 처음 열리는 폴더입니다.</translation>
    </message>
    <message>
        <source>Saved pictures tell</source>
        <translation>저장한 이미지가 알려 주는 것</translation>
    </message>
    <message>
        <source>What a PNG file says of how it was made, unless something else is chosen while it is saved.</source>
        <translation>저장할 때 달리 고르지 않으면, PNG 파일이 만들어진 과정을 얼마나 알려 주는지 정합니다.</translation>
    </message>
    <message>
        <source>All, with the input pictures</source>
        <translation>모두, 입력 이미지까지</translation>
    </message>
    <message>
        <source>The settings only</source>
        <translation>설정만</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation>가장 큰 이미지</translation>
    </message>
    <message>
        <source>Larger ones are refused; a JPEG picture is made smaller while it is read.</source>
        <translation>더 큰 이미지는 거부합니다. JPEG 이미지는 읽으면서 줄입니다.</translation>
    </message>
    <message>
        <source> megapixels</source>
        <translation> 메가픽셀</translation>
    </message>
    <message>
        <source>Remember the pictures that were used</source>
        <translation>쓴 이미지 기억하기</translation>
    </message>
    <message>
        <source>For Open recent in the menu File, and for the menu of each place. Without it the list is emptied.</source>
        <translation>파일 메뉴의 ‘최근 파일 열기’와 자리마다의 메뉴에 쓰입니다. 끄면 목록을 비웁니다.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>The model predicts</source>
        <translation>모델이 예측하는 것</translation>
    </message>
    <message>
        <source>Where a model&apos;s files do not say it, it is guessed by its weights. What is chosen counts for the model that is open, and is remembered for it.</source>
        <translation>모델의 파일에 적혀 있지 않으면 가중치로 추측합니다. 고른 것은 열린 모델에 적용되고, 그 모델에 대해 기억됩니다.</translation>
    </message>
    <message>
        <source>As its files say, or a guess</source>
        <translation>파일에 적힌 대로, 없으면 추측</translation>
    </message>
    <message>
        <source>Noise (epsilon)</source>
        <translation>노이즈(epsilon)</translation>
    </message>
    <message>
        <source>Velocity (v-prediction)</source>
        <translation>속도(v-prediction)</translation>
    </message>
    <message>
        <source>The clean picture (sample)</source>
        <translation>깨끗한 이미지(sample)</translation>
    </message>
    <message>
        <source>Further networks</source>
        <translation>그 밖의 신경망</translation>
    </message>
    <message>
        <source>They are looked for in %1.</source>
        <translation>%1에서 찾습니다.</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>성능</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>What the networks are computed on.</source>
        <translation>신경망을 계산하는 장치입니다.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Automatic is what this computer is fastest with. Pictures of one seed are the same only in the same precision.</source>
        <translation>자동은 이 컴퓨터에서 가장 빠른 것입니다. 같은 시드의 이미지는 정밀도가 같을 때만 같습니다.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>fp32: 32 bits</source>
        <translation>fp32: 32비트</translation>
    </message>
    <message>
        <source>bf16: 16 bits, wide range</source>
        <translation>bf16: 16비트, 넓은 범위</translation>
    </message>
    <message>
        <source>fp16: 16 bits, for GPUs</source>
        <translation>fp16: 16비트, GPU용</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Record what the network holds</source>
        <translation>신경망에 있던 것 기록하기</translation>
    </message>
    <message>
        <source>For Inspect, step by step while a run goes. Without it a step is computed again when it is looked at.</source>
        <translation>실행하는 동안 단계마다 ‘내부 보기’에 쓸 것을 기록합니다. 끄면 단계를 볼 때 다시 계산합니다.</translation>
    </message>
    <message>
        <source>Recordings in memory</source>
        <translation>메모리의 기록</translation>
    </message>
    <message>
        <source>Of all runs together. What was longest not looked at goes to the disk.</source>
        <translation>모든 실행을 합친 것입니다. 가장 오래 보지 않은 것이 디스크로 갑니다.</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Recordings on disk</source>
        <translation>디스크의 기록</translation>
    </message>
    <message>
        <source>In the cache folder. What was longest not looked at is deleted first; it can be computed again.</source>
        <translation>캐시 폴더에 있습니다. 가장 오래 보지 않은 것부터 삭제하며, 다시 계산할 수 있습니다.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Show all keys...</source>
        <translation>모든 키 보기...</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Each command can be given another key in the list.</source>
        <translation>목록에서 명령마다 다른 키를 줄 수 있습니다.</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>고급</translation>
    </message>
    <message>
        <source>&amp;Reset all settings</source>
        <translation>모든 설정 초기화(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Take back</source>
        <translation>되돌리기(&amp;T)</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>모든 페이지</translation>
    </message>
    <message>
        <source>All of these pages become as they were at first, but for keys, device, precision and what the model predicts. It can be taken back until this window is closed.</source>
        <translation>키, 장치, 정밀도, 모델이 예측하는 것을 뺀 모든 페이지가 처음 상태로 돌아갑니다. 이 창을 닫기 전에는 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>개인 정보</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>이 컴퓨터에서</translation>
    </message>
    <message>
        <source>A second start hands the names of its files to the window that is open, through a socket that nobody else can open. The desktop is told how far the work is, to stay awake, and the end of a run, without prompts or pictures.</source>
        <translation>다시 시작하면 다른 사람이 열 수 없는 소켓으로 열린 창에 파일 이름을 넘깁니다. 데스크톱에는 작업의 진행, 깨어 있으라는 것, 실행의 끝을 알리며, 프롬프트나 이미지는 알리지 않습니다.</translation>
    </message>
    <message>
        <source>In saved pictures</source>
        <translation>저장한 이미지에서</translation>
    </message>
    <message>
        <source>A PNG file says how it was made as far as is chosen under Files: with the input pictures and their names, without the pictures, or nothing of it. Folders are never named in it. JPEG, WebP and TIFF files say nothing.</source>
        <translation>PNG 파일은 ‘파일’에서 고른 만큼 만들어진 과정을 알려 줍니다: 입력 이미지와 그 이름까지, 이미지 없이, 또는 아무것도. 폴더는 절대 적지 않습니다. JPEG, WebP, TIFF 파일은 아무것도 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>In sessions</source>
        <translation>세션에서</translation>
    </message>
    <message>
        <source>All runs, pictures and values, those taken away lately, too, and the files that the pictures came from as they are, with what a camera wrote into them. Where models and files lie is not in a session that was saved to pass on.</source>
        <translation>최근에 뺀 것까지 모든 실행과 이미지와 값, 그리고 이미지가 나온 파일이 카메라가 적은 것까지 그대로 들어 있습니다. 남에게 건네려고 저장한 세션에는 모델과 파일의 위치가 없습니다.</translation>
    </message>
    <message>
        <source>In presets of your own</source>
        <translation>내 프리셋에서</translation>
    </message>
    <message>
        <source>The values that were chosen for them, and no files. A prompt is among them only where it was chosen.</source>
        <translation>담기로 고른 값이 들어 있고 파일은 없습니다. 프롬프트는 골랐을 때만 들어 있습니다.</translation>
    </message>
    <message>
        <source>Remembered besides</source>
        <translation>그 밖에 기억하는 것</translation>
    </message>
    <message>
        <source>Where the pictures (unless that is switched off under Files), models, LoRAs and sessions lie that were used lately. What can be computed again is in the cache folder. Advanced names the places.</source>
        <translation>최근에 쓴 이미지(‘파일’에서 끄지 않았다면), 모델, LoRA, 세션의 위치. 다시 계산할 수 있는 것은 캐시 폴더에 있습니다. 위치는 ‘고급’에 있습니다.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Presets of your own</source>
        <translation>내 프리셋</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>캐시</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>설정 파일</translation>
    </message>
    <message>
        <source>Results kept aside</source>
        <translation>따로 남겨 둔 결과</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>선택...</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>None was chosen</source>
        <translation>선택하지 않음</translation>
    </message>
    <message>
        <source>CLIP&apos;s image encoder</source>
        <translation>CLIP 이미지 인코더</translation>
    </message>
    <message>
        <source>A file that you have, by which candidates are ranked and pictures compared: model.safetensors of openai/clip-vit-base-patch16.</source>
        <translation>가지고 있는 파일로, 후보의 순위를 매기고 이미지를 비교합니다: openai/clip-vit-base-patch16의 model.safetensors.</translation>
    </message>
    <message>
        <source>What the networks are computed on. %1</source>
        <translation>신경망을 계산하는 장치입니다. %1</translation>
    </message>
    <message>
        <source>Release the networks after</source>
        <translation>신경망을 내리기까지의 시간</translation>
    </message>
    <message>
        <source>Without a run for so long, the memory that they take is freed, and the next run loads them again. 0: never.</source>
        <translation>이 시간 동안 실행이 없으면 신경망이 차지한 메모리를 비우고, 다음 실행에서 다시 불러옵니다. 0: 내리지 않습니다.</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation>분</translation>
    </message>
    <message>
        <source>Simile looks for no updates and sends nothing: pictures, prompts, models and results stay on this computer. It asks huggingface.co and its content host for models when a button that names them is pressed, or the command get is used, and for nothing else. Links in the help and to licences open your browser when they are clicked.</source>
        <translation>Simile는 업데이트를 찾지 않으며 아무것도 보내지 않습니다. 이미지와 프롬프트, 모델, 결과는 이 컴퓨터에 남습니다. 호스트 이름이 적힌 단추를 누르거나 명령 get을 쓸 때만 huggingface.co와 그 콘텐츠 호스트에 모델을 요청하고, 그 밖에는 접속하지 않습니다. 도움말과 라이선스의 링크를 누르면 브라우저가 열립니다.</translation>
    </message>
    <message>
        <source>Models that were fetched</source>
        <translation>받은 모델</translation>
    </message>
    <message>
        <source>Certificate of your own network</source>
        <translation>자체 망의 인증서</translation>
    </message>
    <message>
        <source>A file (PEM or DER) that is trusted besides those of the system when models are fetched, where a network signs itself what comes from outside. Mostly empty. It counts from the next start on.</source>
        <translation>모델을 받을 때 시스템의 인증서 외에 믿는 파일(PEM 또는 DER)입니다. 밖에서 오는 것에 망이 직접 서명하는 경우에 씁니다. 대개 비워 둡니다. 다음에 시작할 때부터 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>Settings are not kept, since %1 cannot be written: change its permissions, or move it away.</source>
        <translation>%1에 쓸 수 없어 설정이 보관되지 않습니다. 권한을 바꾸거나 다른 곳으로 옮기십시오.</translation>
    </message>
    <message>
        <source>The settings in %1 are damaged: what cannot be read is as at first. The file as it was is kept as %2.</source>
        <translation>%1의 설정이 손상되었습니다. 읽을 수 없는 것은 처음 값으로 돌아갑니다. 원래 파일은 %2(으)로 보관되었습니다.</translation>
    </message>
    <message>
        <source>Settings are as at first and are not kept, since %1 is not a file: move it away.</source>
        <translation>%1이(가) 파일이 아니어서 설정이 처음 값이고 보관되지 않습니다. 다른 곳으로 옮기십시오.</translation>
    </message>
    <message>
        <source>Settings are not kept, since %1 is not a file: move it away.</source>
        <translation>%1이(가) 파일이 아니어서 설정이 보관되지 않습니다. 다른 곳으로 옮기십시오.</translation>
    </message>
</context>
<context>
    <name>SharesTable</name>
    <message>
        <source>Tokens apart</source>
        <translation>토큰 따로</translation>
    </message>
    <message>
        <source>Shares of the cells</source>
        <translation>칸별 비율</translation>
    </message>
    <message>
        <source>The tokens that a word is made of, each in a column of its own</source>
        <translation>단어를 이루는 토큰을 저마다 한 열에 보여 줍니다</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>&amp;Usual</source>
        <translation>기본값(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Take it over</source>
        <translation>넘겨받기(&amp;T)</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>명령이나 키 검색</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>새 키</translation>
    </message>
    <message>
        <source>&amp;All as usual</source>
        <translation>모두 기본값으로(&amp;A)</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>어디서나</translation>
    </message>
    <message>
        <source>Where a picture has the focus</source>
        <translation>이미지에 포커스가 있을 때</translation>
    </message>
    <message>
        <source>While painting</source>
        <translation>칠하는 동안</translation>
    </message>
    <message>
        <source>This key cannot be changed</source>
        <translation>이 키는 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>Choose a command to change its key.</source>
        <translation>키를 바꿀 명령을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 cannot be used here: %2.</source>
        <translation>%1은(는) 여기서 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1 is the key of %2.</source>
        <translation>%1은(는) %2의 키입니다.</translation>
    </message>
</context>
<context>
    <name>ShownPictures</name>
    <message>
        <source>The pictures that this result was made from are not in its file.</source>
        <translation>이 결과를 만든 이미지들이 파일에 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Show those in the slots</source>
        <translation>슬롯의 이미지 보기</translation>
    </message>
    <message>
        <source>Run %1, beside its own pictures; others are in the slots.</source>
        <translation>실행 %1이(가) 그 실행의 이미지 옆에 있습니다. 슬롯에는 다른 이미지가 있습니다.</translation>
    </message>
    <message>
        <source>Put its own there</source>
        <translation>그 실행의 이미지를 슬롯에 넣기</translation>
    </message>
    <message>
        <source>%1 was made from other pictures (run %2).</source>
        <translation>%1은(는) 다른 이미지로 만들었습니다(실행 %2).</translation>
    </message>
    <message>
        <source>Show those</source>
        <translation>그 이미지 보기</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>Pixel under the pointer</source>
        <translation>포인터 아래의 픽셀</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Sampling, step %1 / %2</source>
        <translation>샘플링, 단계 %1 / %2</translation>
    </message>
    <message>
        <source>Pausing...</source>
        <translation>일시 정지하는 중...</translation>
    </message>
    <message>
        <source>Stopping after this step...</source>
        <translation>이 단계가 끝나면 멈춥니다...</translation>
    </message>
    <message>
        <source>Paused at step %1 / %2</source>
        <translation>단계 %1 / %2에서 일시 정지됨</translation>
    </message>
    <message>
        <source>Stopped at step %1 / %2</source>
        <translation>단계 %1 / %2에서 중지됨</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation>완료, %1</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>아직 필요한 것: %1</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>%1 s a step</source>
        <translation>단계당 %1초</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>device, precision</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>What the networks are computed on and in: opens the settings</source>
        <translation>신경망을 계산하는 장치와 정밀도: 설정을 엽니다</translation>
    </message>
</context>
<context>
    <name>StepAxis</name>
    <message>
        <source>%1 off</source>
        <translation>%1 꺼짐</translation>
    </message>
    <message>
        <source>Touch</source>
        <translation>개입</translation>
    </message>
    <message>
        <source>Touches (%1)</source>
        <translation>개입 (%1)</translation>
    </message>
    <message>
        <source>Steps of the run</source>
        <translation>실행의 단계</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>진행 중인 단계로</translation>
    </message>
    <message>
        <source>Play the steps (P, or Space on the time line)</source>
        <translation>단계 재생 (P, 타임라인에서는 Space)</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>재생 중지</translation>
    </message>
    <message>
        <source>Play the steps</source>
        <translation>단계 재생</translation>
    </message>
    <message>
        <source>Step %1 / %2</source>
        <translation>단계 %1 / %2</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Show step %1</source>
        <translation>단계 %1 보기</translation>
    </message>
    <message>
        <source>Decode in full</source>
        <translation>완전히 디코딩</translation>
    </message>
    <message>
        <source>Save the picture...</source>
        <translation>이미지 저장...</translation>
    </message>
    <message>
        <source>Compare as A</source>
        <translation>비교의 A로</translation>
    </message>
    <message>
        <source>Compare as B</source>
        <translation>비교의 B로</translation>
    </message>
    <message>
        <source>Branch from step %1</source>
        <translation>단계 %1에서 분기</translation>
    </message>
    <message>
        <source>Copy the latent&apos;s hash</source>
        <translation>잠재 변수의 해시 복사</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>단계 %1/%2</translation>
    </message>
    <message>
        <source>%1, end at step %2 of %3</source>
        <translation>%1, 끝 단계 %2/%3</translation>
    </message>
    <message>
        <source>%1, begin at step %2 of %3</source>
        <translation>%1, 시작 단계 %2/%3</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>SweepDialog</name>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Makes the picture with every combination of these values, and one sheet of all of them. Everything else is as it is set now.</source>
        <translation>이 값들의 모든 조합으로 이미지를 만들고 한 장의 시트로 모읍니다. 나머지는 지금 설정된 그대로입니다.</translation>
    </message>
    <message>
        <source>&amp;Across</source>
        <translation>가로(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>세로(&amp;D)</translation>
    </message>
    <message>
        <source>What goes across</source>
        <translation>가로로 바뀌는 것</translation>
    </message>
    <message>
        <source>What goes down</source>
        <translation>세로로 바뀌는 것</translation>
    </message>
    <message>
        <source>A parameter, or the seed</source>
        <translation>매개변수 또는 시드</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Values across</source>
        <translation>가로의 값</translation>
    </message>
    <message>
        <source>Values down</source>
        <translation>세로의 값</translation>
    </message>
    <message>
        <source>Numbers with commas between, or from - to : step, as in 1 - 9 : 2. Texts with | between.</source>
        <translation>쉼표로 나눈 수, 또는 1 - 9 : 2처럼 시작 - 끝 : 간격. 텍스트는 |로 나눕니다.</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>%1 pictures.</source>
        <translation>이미지 %1개.</translation>
    </message>
    <message>
        <source>%1 pictures, in about %2 s.</source>
        <translation>이미지 %1개, 약 %2초.</translation>
    </message>
    <message>
        <source>%1 pictures, in about %2 min.</source>
        <translation>이미지 %1개, 약 %2분.</translation>
    </message>
    <message>
        <source>Numbers with commas between, or from - to : step, as in 1 - 9 : 2.</source>
        <translation>쉼표로 나눈 수, 또는 1 - 9 : 2처럼 시작 - 끝 : 간격.</translation>
    </message>
</context>
<context>
    <name>SweepSheet</name>
    <message>
        <source>&amp;Save the sheet...</source>
        <translation>시트 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Sheet of the sweep</source>
        <translation>스윕의 시트</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>시드 %1</translation>
    </message>
    <message>
        <source>%1 of %2 pictures; %3 failed.</source>
        <translation>이미지 %1/%2개, 실패 %3개.</translation>
    </message>
    <message>
        <source>%1 of %2 pictures.</source>
        <translation>이미지 %1/%2개.</translation>
    </message>
    <message>
        <source>All %1 pictures.</source>
        <translation>이미지 %1개 모두.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>random</source>
        <translation>무작위</translation>
    </message>
    <message>
        <source>The seed of the next run: equal seeds and settings give equal pictures. Empty: every run draws one of its own.</source>
        <translation>다음 실행의 시드. 시드와 설정이 같으면 이미지도 같습니다. 비워 두면 실행마다 새로 뽑습니다.</translation>
    </message>
    <message>
        <source>Pausing...</source>
        <translation>일시 정지하는 중...</translation>
    </message>
    <message>
        <source>Stopping after this step...</source>
        <translation>이 단계가 끝나면 멈춥니다...</translation>
    </message>
    <message>
        <source>Stop ▾</source>
        <translation>중지 ▾</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>아직 필요한 것: %1</translation>
    </message>
    <message>
        <source>Make the picture after the run in progress</source>
        <translation>진행 중인 실행 다음에 이미지를 만듭니다</translation>
    </message>
</context>
<context>
    <name>TouchList</name>
    <message>
        <source>Changes inside the network: heads, words, places, layers</source>
        <translation>신경망 안의 변경: 헤드, 단어, 자리, 레이어</translation>
    </message>
    <message>
        <source>Another touch</source>
        <translation>다른 개입</translation>
    </message>
    <message>
        <source>Where, at which layers, what, and the number to multiply by; Enter adds it.
cross:8:head=3:0 switches a head off
word=circle:2:0-0.5 makes a word stronger in the first half of the run
self:8-11:rows=0,0,0.5,1:0.2 weakens what the left half is given
self:8-11:share=B&apos;&gt;A:2 makes B′ look at A more (Analogy)
features:14:off leaves an injected layer out (Translate)</source>
        <translation>어디에, 어느 레이어에, 무엇을, 그리고 곱할 수. Enter로 더합니다.
cross:8:head=3:0 헤드 하나를 끕니다
word=circle:2:0-0.5 실행 전반부에서 단어를 강하게 합니다
self:8-11:rows=0,0,0.5,1:0.2 왼쪽 절반이 받는 것을 약하게 합니다
self:8-11:share=B&apos;&gt;A:2 B′가 A를 더 보게 합니다(유추)
features:14:off 주입되는 레이어 하나를 뺍니다(변환)</translation>
    </message>
    <message>
        <source>Touches (%1)</source>
        <translation>개입 (%1)</translation>
    </message>
    <message>
        <source>Touches</source>
        <translation>개입</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Take out: %1</source>
        <translation>빼기: %1</translation>
    </message>
</context>
<context>
    <name>TouchOffer</name>
    <message>
        <source>The word %1</source>
        <translation>단어 %1</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>헤드 %1</translation>
    </message>
    <message>
        <source>What the place gets</source>
        <translation>그 자리가 받는 것</translation>
    </message>
    <message>
        <source>Who looks at the place</source>
        <translation>누가 그 자리를 보는지</translation>
    </message>
    <message>
        <source>What %1 takes from %2</source>
        <translation>%1이(가) %2에서 가져오는 것</translation>
    </message>
    <message>
        <source>Without the injection</source>
        <translation>주입 없이</translation>
    </message>
</context>
<context>
    <name>TouchPanel</name>
    <message>
        <source>What is changed</source>
        <translation>무엇을 바꾸는지 고릅니다</translation>
    </message>
    <message>
        <source>What of what is seen is changed inside the network: a word, a head (choose one below the map), a place, a share of two cells, an injected layer</source>
        <translation>보이는 것 가운데 신경망 안에서 무엇을 바꾸는지 고릅니다: 단어, 헤드(맵 아래에서 고르십시오), 자리, 두 칸 사이의 비율, 주입되는 레이어</translation>
    </message>
    <message>
        <source>In which steps</source>
        <translation>어느 단계에서 바꾸는지 고릅니다</translation>
    </message>
    <message>
        <source>From this step on: the steps before are taken from the run that is seen, and only the rest is computed</source>
        <translation>이 단계부터: 앞의 단계는 보이는 실행에서 가져오고 나머지만 계산합니다</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>시험하기</translation>
    </message>
    <message>
        <source>Change what is seen inside the network, and lay what comes of it beside the run that is seen</source>
        <translation>보이는 것을 신경망 안에서 바꾸고, 그 결과를 보이는 실행과 나란히 놓습니다</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>얼마나</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>How much, as a number</source>
        <translation>얼마나, 수로</translation>
    </message>
    <message>
        <source>What it is multiplied by: off, 1 leaves it as it is, 4 is the most</source>
        <translation>무엇을 곱할지 정합니다: 끔이면 없애고, 1이면 그대로이며, 4가 가장 큽니다</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇을</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>배수</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>From step %1 of %2 on</source>
        <translation>단계 %1/%2부터</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>모든 단계</translation>
    </message>
    <message>
        <source>From step %1 on, as before</source>
        <translation>단계 %1부터, 이전처럼</translation>
    </message>
    <message>
        <source>At: %1</source>
        <translation>위치: %1</translation>
    </message>
    <message>
        <source>Words, heads, places, shares of cells and what is injected can be tried: choose one of them.</source>
        <translation>단어, 헤드, 자리, 칸의 비율, 주입되는 것을 시험할 수 있습니다. 그 가운데 하나를 고르십시오.</translation>
    </message>
</context>
<context>
    <name>TouchedView</name>
    <message>
        <source>Untouched, touched, and their difference</source>
        <translation>개입 없음, 개입 있음, 그 차이</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Difference × %1</source>
        <translation>차이 × %1</translation>
    </message>
    <message>
        <source>There is no picture of both at this step yet.</source>
        <translation>이 단계에는 아직 둘의 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The two pictures are the same, pixel for pixel.</source>
        <translation>두 이미지는 픽셀 하나까지 똑같습니다.</translation>
    </message>
    <message>
        <source>The colours differ by %1 of 255 in the mean and by %2 at most; %3 % of the pixels changed.</source>
        <translation>색은 255 가운데 평균 %1, 최대 %2 다릅니다. 픽셀의 %3 %가 바뀌었습니다.</translation>
    </message>
</context>
<context>
    <name>Traces</name>
    <message>
        <source>What the network held is not kept beyond the memory for it, so looking at it later computes it again. %1</source>
        <translation>신경망에 있던 것은 정해진 메모리를 넘으면 보관하지 않으므로, 나중에 보면 다시 계산합니다. %1</translation>
    </message>
</context>
<context>
    <name>UndoActions</name>
    <message>
        <source>Undone: %1</source>
        <translation>되돌림: %1</translation>
    </message>
    <message>
        <source>Made again: %1</source>
        <translation>다시 함: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>획</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>다시 실행(&amp;E)</translation>
    </message>
</context>
<context>
    <name>Verifier</name>
    <message>
        <source>step %1 of %2</source>
        <translation>단계 %1/%2</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>중지하는 중</translation>
    </message>
</context>
<context>
    <name>VerifyBar</name>
    <message>
        <source>Run %1. %2</source>
        <translation>실행 %1. %2</translation>
    </message>
    <message>
        <source>Run %1 could not be verified. %2</source>
        <translation>실행 %1을(를) 검증하지 못했습니다. %2</translation>
    </message>
    <message>
        <source>Run %1 is verified as soon as nothing else is computed.</source>
        <translation>다른 계산이 끝나는 대로 실행 %1을(를) 검증합니다.</translation>
    </message>
    <message>
        <source>Verifying run %1: %2.</source>
        <translation>실행 %1 검증 중: %2.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>WordChips</name>
    <message>
        <source>Words of the prompt</source>
        <translation>프롬프트의 단어</translation>
    </message>
    <message>
        <source>Mark %1</source>
        <translation>%1 표시</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n token(s). A click shows or hides its map; a double click shows it alone. Left and right go to the next word.</source>
        <translation>
            <numerusform>%1, 토큰 %n개. 클릭하면 맵을 보이거나 숨기고, 두 번 클릭하면 그것만 보입니다. 왼쪽과 오른쪽으로 다음 단어로 갑니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>the method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>the device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>the precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>what the model predicts</source>
        <translation>모델이 예측하는 것</translation>
    </message>
    <message>
        <source>the LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>the stored noise</source>
        <translation>저장된 노이즈</translation>
    </message>
    <message>
        <source>This is a branch of a branch, %1 deep; %2 is the most. Start a run of its own.</source>
        <translation>분기에서 나온 분기가 %1겹입니다. %2겹까지 됩니다. 새로 실행하십시오.</translation>
    </message>
    <message>
        <source>A branch begins at a step from 0 on, not at %1.</source>
        <translation>분기는 단계 0부터 시작할 수 있으며, %1에서는 안 됩니다.</translation>
    </message>
    <message>
        <source>A branch goes on from another run, so %1 has to stay as it was there: put it back, or start a run of its own.</source>
        <translation>분기는 다른 실행을 이어 가므로 %1은(는) 거기서와 같아야 합니다. 되돌리거나 새로 실행하십시오.</translation>
    </message>
    <message>
        <source>Taking the steps of the run that this one goes on from</source>
        <translation>이어 갈 실행의 단계를 넘겨받는 중</translation>
    </message>
    <message>
        <source>%1 does not tell what it predicts, so no run can go on from another of it.</source>
        <translation>%1은(는) 무엇을 예측하는지 알려 주지 않으므로 그 실행을 이어 갈 수 없습니다.</translation>
    </message>
    <message>
        <source>The run that this one goes on from has %1 steps: it cannot branch off after %2.</source>
        <translation>이어 갈 실행에는 단계가 %1개 있습니다. 단계 %2 뒤에서는 분기할 수 없습니다.</translation>
    </message>
    <message>
        <source>its text</source>
        <translation>그 텍스트</translation>
    </message>
    <message>
        <source>it is no JSON object.</source>
        <translation>JSON 객체가 아닙니다.</translation>
    </message>
    <message>
        <source>its entry &quot;%1&quot; is not what it should be.</source>
        <translation>항목 &quot;%1&quot;이(가) 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>There is no device &quot;%1&quot;.</source>
        <translation>장치 &quot;%1&quot;은(는) 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 could not be converted: %2.</source>
        <translation>모델 %1을(를) 변환하지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>The environment variable SIMILE_AUTO_PRECISION is &quot;%1&quot;. It can be fp32 or bf16, or not be set.</source>
        <translation>환경 변수 SIMILE_AUTO_PRECISION이 &quot;%1&quot;입니다. fp32나 bf16으로 하거나 비워 두십시오.</translation>
    </message>
    <message>
        <source>There is no precision &quot;%1&quot;. There are: auto, fp32, bf16, fp16.</source>
        <translation>정밀도 &quot;%1&quot;은(는) 없습니다. 쓸 수 있는 것: auto, fp32, bf16, fp16.</translation>
    </message>
    <message>
        <source>The file %1 is no map of %2 channels to red, green and blue (three rows of %2 numbers as &quot;weight&quot; and three numbers as &quot;bias&quot;). Please delete it; previews are then fitted to the model.</source>
        <translation>파일 %1은(는) 채널 %2개를 빨강, 초록, 파랑으로 옮기는 표가 아닙니다(&quot;weight&quot;로 %2개씩 세 줄, &quot;bias&quot;로 수 세 개). 삭제하십시오. 그러면 미리보기를 모델에 맞춰 구합니다.</translation>
    </message>
    <message>
        <source>The file %1</source>
        <translation>파일 %1</translation>
    </message>
    <message>
        <source>The negative prompt has no effect at guidance 1: choose more, or take it out.</source>
        <translation>네거티브 프롬프트는 가이던스 1에서 아무 효과가 없습니다. 가이던스를 높이거나 네거티브 프롬프트를 지우십시오.</translation>
    </message>
    <message>
        <source>The prompt %1 has %2 tokens, of which the first %3 count.</source>
        <translation>프롬프트 %1의 토큰은 %2개인데, 앞의 %3개만 쓰입니다.</translation>
    </message>
    <message>
        <source>Emphasis</source>
        <translation>강조</translation>
    </message>
    <message>
        <source>What brackets in a prompt do.
Weights: (word) counts 1.1 times, (word:1.3) 1.3 times, [word] less; BREAK begins a new chunk; \( and \) are plain brackets.
Without norm the whole prompt grows with them. Literal: brackets are text.</source>
        <translation>프롬프트의 괄호가 하는 일입니다.
가중치: (단어)는 1.1배, (단어:1.3)은 1.3배, [단어]는 덜 반영합니다. BREAK는 새 묶음을 시작합니다. \(와 \)는 그냥 괄호입니다.
정규화 없음: 괄호에 따라 프롬프트 전체가 커집니다. 글자 그대로: 괄호는 텍스트입니다.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Weights without norm</source>
        <translation>가중치, 정규화 없음</translation>
    </message>
    <message>
        <source>Literal: brackets are text</source>
        <translation>글자 그대로: 괄호는 텍스트</translation>
    </message>
    <message>
        <source>Clip skip</source>
        <translation>클립 스킵</translation>
    </message>
    <message>
        <source>Which layer of the text encoder is taken, counted from its end.
1 is the last; some models are made for 2.</source>
        <translation>텍스트 인코더의 어느 레이어를 쓸지, 끝에서부터 셉니다.
1이 마지막입니다. 2에 맞춰 만든 모델도 있습니다.</translation>
    </message>
    <message>
        <source>The model&apos;s own sampler %1 is not supported; choose one of: %2.</source>
        <translation>모델의 샘플러 %1은(는) 지원하지 않습니다. 다음에서 고르십시오: %2.</translation>
    </message>
    <message>
        <source>The model&apos;s own sampler uses the algorithm %1, which is not supported; choose one of: %2.</source>
        <translation>모델의 샘플러가 쓰는 알고리즘 %1은(는) 지원하지 않습니다. 다음에서 고르십시오: %2.</translation>
    </message>
    <message>
        <source>This model predicts noise, which says nothing where its schedule (without any signal at the last time) is asked; choose another sampler or fewer steps.</source>
        <translation>이 모델은 노이즈를 예측하는데, 스케줄의 마지막 시점에 신호가 전혀 없어 거기서는 알 수 있는 것이 없습니다. 다른 샘플러를 고르거나 단계를 줄이십시오.</translation>
    </message>
    <message>
        <source>UniPC&apos;s variant bh1 is not defined for a last noise level of zero; choose another sampler.</source>
        <translation>UniPC의 변형 bh1은 마지막 노이즈 수준이 0이면 정의되지 않습니다. 다른 샘플러를 고르십시오.</translation>
    </message>
    <message>
        <source>The model&apos;s scheduler file asks for solver_order %1; the orders 1 and 2 are supported. Choose another sampler.</source>
        <translation>모델의 스케줄러 파일이 solver_order %1을(를) 요구하는데, 1과 2만 지원합니다. 다른 샘플러를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no sampler %1; choose one of: %2.</source>
        <translation>샘플러 %1은(는) 없습니다. 다음에서 고르십시오: %2.</translation>
    </message>
    <message>
        <source>The sampler is not known.</source>
        <translation>알 수 없는 샘플러입니다.</translation>
    </message>
    <message>
        <source>The stored noise &quot;%1&quot; has %2 numbers; this run needs %3.</source>
        <translation>저장된 노이즈 &quot;%1&quot;에는 수가 %2개 있는데, 이 실행에는 %3개가 필요합니다.</translation>
    </message>
    <message>
        <source>%1 of %2 values are NaN or infinite</source>
        <translation>값 %2개 가운데 %1개가 NaN이거나 무한대</translation>
    </message>
    <message>
        <source>%1 stopped being numbers at step %2 of %3 (%4): %5.</source>
        <translation>%1이(가) 단계 %2/%3에서 더는 수가 아니게 되었습니다(%4). 해 볼 것: %5.</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>디코딩</translation>
    </message>
    <message>
        <source>The picture could not be decoded (%1): the autoencoder does not fit or is damaged, so choose another model.</source>
        <translation>이미지를 디코딩하지 못했습니다(%1). 오토인코더가 맞지 않거나 손상되었습니다. 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>In half precision the autoencoder made values that are no numbers, so the picture was decoded again in fp32.</source>
        <translation>오토인코더가 반정밀도에서 수가 아닌 값을 내어, 이미지를 fp32로 다시 디코딩했습니다.</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>try precision fp32, a lower guidance or another sampler</source>
        <translation>정밀도 fp32, 더 낮은 가이던스 또는 다른 샘플러</translation>
    </message>
    <message>
        <source>The file %1 is not a scheduler configuration in JSON.</source>
        <translation>파일 %1은(는) JSON으로 된 스케줄러 설정이 아닙니다.</translation>
    </message>
    <message>
        <source>The scheduler file %1 sets %2 to %3, which is not supported.</source>
        <translation>스케줄러 파일 %1이(가) %2을(를) %3(으)로 정했는데, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>There is no prediction &quot;%1&quot;. There are: auto, epsilon, v_prediction, sample.</source>
        <translation>예측 &quot;%1&quot;은(는) 없습니다. 쓸 수 있는 것: auto, epsilon, v_prediction, sample.</translation>
    </message>
    <message>
        <source>There is no device &quot;%1&quot;. There are: cpu, cuda, cuda:1 and so on.</source>
        <translation>장치 &quot;%1&quot;은(는) 없습니다. 쓸 수 있는 것: cpu, cuda, cuda:1 등.</translation>
    </message>
    <message>
        <source>UNet</source>
        <translation>UNet</translation>
    </message>
    <message>
        <source>autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>text encoder</source>
        <translation>텍스트 인코더</translation>
    </message>
    <message>
        <source>The autoencoder %1 has latents of %2 channels and the UNet of %3 makes %4: they do not belong together. Please choose another autoencoder.</source>
        <translation>오토인코더 %1의 잠재 변수는 %2채널인데 %3의 UNet은 %4채널을 만듭니다. 서로 맞지 않습니다. 다른 오토인코더를 고르십시오.</translation>
    </message>
    <message>
        <source>The text encoder of %1 gives %2 features and its UNet takes %3: they do not belong together.</source>
        <translation>%1의 텍스트 인코더는 특징을 %2개 내는데 UNet은 %3개를 받습니다. 서로 맞지 않습니다.</translation>
    </message>
    <message>
        <source>another model, or the precision bf16</source>
        <translation>다른 모델이나 정밀도 bf16</translation>
    </message>
    <message>
        <source>The model %1 has no %2, so it understands no prompt. Please choose a complete model.</source>
        <translation>모델 %1에 %2이(가) 없어 프롬프트를 이해하지 못합니다. 온전한 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>토크나이저</translation>
    </message>
    <message>
        <source>The sampler lcm takes at most %1 steps with this model; choose fewer, 4 to 8 being usual.</source>
        <translation>이 모델에서 샘플러 lcm은 최대 %1단계까지 됩니다. 줄이십시오. 보통 4~8단계입니다.</translation>
    </message>
    <message>
        <source>The number of steps must be from 1 to %1, not %2.</source>
        <translation>단계 수는 1부터 %1까지이며, %2은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Of %1 steps at least one must remain, so %2 cannot be left out; choose a higher strength or more steps.</source>
        <translation>%1단계 가운데 적어도 하나는 남아야 하므로 %2개를 뺄 수 없습니다. 강도를 높이거나 단계를 늘리십시오.</translation>
    </message>
    <message>
        <source>With %1 steps two of them would fall on the same time, which this sampler cannot take; choose fewer steps.</source>
        <translation>%1단계에서는 두 단계가 같은 시점에 놓이는데, 이 샘플러는 그렇게 할 수 없습니다. 단계를 줄이십시오.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; is of a head that is not there: this model has %2 heads there, which count from 0.</source>
        <translation>개입 &quot;%1&quot;의 헤드가 없습니다. 이 모델은 그곳에 헤드가 %2개 있고 0부터 셉니다.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; is of a word that is not in the prompt. Please write it there, or take the touch out.</source>
        <translation>개입 &quot;%1&quot;의 단어가 프롬프트에 없습니다. 프롬프트에 쓰거나 개입을 빼십시오.</translation>
    </message>
    <message>
        <source>The ControlNet gives %1 feature maps, the model takes %2. Please choose a ControlNet made for this model.</source>
        <translation>ControlNet이 내는 특징 맵은 %1개인데 모델은 %2개를 받습니다. 이 모델을 위해 만든 ControlNet을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is too large: it may have at most %2.</source>
        <translation>%1이(가) 너무 큽니다. 최대 %2까지 됩니다.</translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation>%1을(를) 읽지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>%1 is %2, not a file.</source>
        <translation>%1은(는) 파일이 아니라 %2입니다.</translation>
    </message>
    <message>
        <source>The file %1 became shorter while it was read. Please try again when nothing writes to it.</source>
        <translation>파일 %1이(가) 읽는 동안 짧아졌습니다. 아무도 파일에 쓰지 않을 때 다시 해 보십시오.</translation>
    </message>
    <message>
        <source>a Git LFS pointer, which stands for the file itself: fetch it with &quot;git lfs pull&quot;</source>
        <translation>파일을 대신하는 Git LFS 포인터(&quot;git lfs pull&quot;로 받으십시오)</translation>
    </message>
    <message>
        <source>a zip archive, as .ckpt and .pt files are: it can be converted to safetensors</source>
        <translation>.ckpt나 .pt 같은 zip 압축 파일(safetensors로 변환할 수 있습니다)</translation>
    </message>
    <message>
        <source>a bare Python pickle</source>
        <translation>Python pickle 파일</translation>
    </message>
    <message>
        <source>a GGUF file</source>
        <translation>GGUF 파일</translation>
    </message>
    <message>
        <source>a web page: the download went wrong</source>
        <translation>웹 페이지(다운로드가 잘못되었습니다)</translation>
    </message>
    <message>
        <source>an error message of a server: the download went wrong</source>
        <translation>서버의 오류 메시지(다운로드가 잘못되었습니다)</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip 압축 파일</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation>PNG 이미지</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation>JPEG 이미지</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 문서</translation>
    </message>
    <message>
        <source>a text that begins with %1: the download went wrong</source>
        <translation>%1(으)로 시작하는 텍스트(다운로드가 잘못되었습니다)</translation>
    </message>
    <message>
        <source>%1 is nested too deeply: %2 levels are read.</source>
        <translation>%1이(가) 너무 깊이 중첩되어 있습니다. %2단계까지 읽습니다.</translation>
    </message>
    <message>
        <source>%1 holds more than the %2 values that are read.</source>
        <translation>%1에 값이 너무 많습니다. %2개까지 읽습니다.</translation>
    </message>
    <message>
        <source>%1 is not valid JSON: line %2 cannot be read.</source>
        <translation>%1은(는) 올바른 JSON이 아닙니다. %2번째 줄을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 holds a number that is too large to be read.</source>
        <translation>%1에 읽기에 너무 큰 수가 있습니다.</translation>
    </message>
    <message>
        <source>%1 was written, but may be lost if the power fails: %2.</source>
        <translation>%1을(를) 썼지만 정전이 되면 잃어버릴 수 있습니다: %2.</translation>
    </message>
    <message>
        <source>%1 is %2; choose another name to write to.</source>
        <translation>%1은(는) %2입니다. 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>there is not enough space (it needs %1)</source>
        <translation>공간이 모자랍니다(%1 필요)</translation>
    </message>
    <message>
        <source>there is not enough space (it needs %1, free are %2)</source>
        <translation>공간이 모자랍니다(%1 필요, %2 남음)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1을(를) 쓰지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>SIMILE_RESOURCES names the folder %1, which does not exist. Correct it or unset it.</source>
        <translation>SIMILE_RESOURCES에 적힌 폴더 %1이(가) 없습니다. 바로잡거나 지우십시오.</translation>
    </message>
    <message>
        <source>The program&apos;s own files (share/simile) are not beside %1. Install it again, or set SIMILE_RESOURCES to the folder that holds them.</source>
        <translation>프로그램의 파일(share/simile)이 %1 옆에 없습니다. 다시 설치하거나 SIMILE_RESOURCES에 그 파일들이 있는 폴더를 정하십시오.</translation>
    </message>
    <message>
        <source>you have no permission</source>
        <translation>권한이 없습니다</translation>
    </message>
    <message>
        <source>its disk can only be read</source>
        <translation>디스크가 읽기 전용입니다</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>그런 파일이나 폴더가 없습니다</translation>
    </message>
    <message>
        <source>a part of its path is not a folder</source>
        <translation>경로의 일부가 폴더가 아닙니다</translation>
    </message>
    <message>
        <source>your disk quota is used up</source>
        <translation>디스크 할당량을 다 썼습니다</translation>
    </message>
    <message>
        <source>it would become larger than the system allows</source>
        <translation>시스템이 허용하는 것보다 커집니다</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>링크가 서로를 가리킵니다</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>이름이 너무 깁니다</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>디스크에서 오류가 났습니다</translation>
    </message>
    <message>
        <source>the system says: %1</source>
        <translation>시스템의 메시지: %1</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>a pipe</source>
        <translation>파이프</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>소켓</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>There is no head %1: they count from 0 to %2 here.</source>
        <translation>헤드 %1은(는) 없습니다. 여기서는 0부터 %2까지입니다.</translation>
    </message>
    <message>
        <source>The self-attention of %1 x %2 is too large to be shown as components: choose a layer whose map is smaller, or a smaller size.</source>
        <translation>%1 x %2 셀프 어텐션은 성분으로 보기에 너무 큽니다. 맵이 더 작은 레이어나 더 작은 크기를 고르십시오.</translation>
    </message>
    <message>
        <source>The self-attention of %1 x %2, the heads side by side, is too large to be shown as components: choose &quot;attention-mean&quot; (the mean of heads), a layer whose map is smaller, or a smaller size.</source>
        <translation>헤드를 나란히 놓은 %1 x %2 셀프 어텐션은 성분으로 보기에 너무 큽니다. &quot;attention-mean&quot;(헤드의 평균), 맵이 더 작은 레이어 또는 더 작은 크기를 고르십시오.</translation>
    </message>
    <message>
        <source>As the map needs</source>
        <translation>맵에 맞게</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Blue to red</source>
        <translation>파랑에서 빨강</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>%1: red, green and blue are %2, %3 and %4 % of the variance; fitted to a step.</source>
        <translation>%1: 빨강, 초록, 파랑이 분산의 %2, %3, %4 %입니다. 한 단계에 맞췄습니다.</translation>
    </message>
    <message>
        <source>%1: red, green and blue are %2, %3 and %4 % of the variance; fitted to %5 steps.</source>
        <translation>%1: 빨강, 초록, 파랑이 분산의 %2, %3, %4 %입니다. %5단계에 맞췄습니다.</translation>
    </message>
    <message>
        <source>None of these layers has been recorded at step %1: layers count from 0.</source>
        <translation>단계 %1에서 이 레이어들은 기록되지 않았습니다. 레이어는 0부터 셉니다.</translation>
    </message>
    <message>
        <source>%1, %2 keys</source>
        <translation>%1, 키 %2개</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>단계 %1</translation>
    </message>
    <message>
        <source>What guidance adds</source>
        <translation>가이던스가 더하는 것</translation>
    </message>
    <message>
        <source>Maps of %1 places are too large to be diffused, %2 is the most: choose layers of a smaller size.</source>
        <translation>%1자리의 맵은 확산하기에 너무 큽니다. 최대 %2입니다. 더 작은 크기의 레이어를 고르십시오.</translation>
    </message>
    <message>
        <source>A map holds numbers that are NaN or infinite, so it has no components to show: try the precision fp32.</source>
        <translation>맵에 NaN이거나 무한대인 수가 있어 보여 줄 성분이 없습니다. 정밀도 fp32로 해 보십시오.</translation>
    </message>
    <message>
        <source>Nothing was recorded of the source at step %1.</source>
        <translation>단계 %1에서 원본의 것은 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>The negative half of candidate %1 was not recorded at step %2.</source>
        <translation>후보 %1의 네거티브 쪽은 단계 %2에서 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>Nothing was recorded of candidate %1 at step %2.</source>
        <translation>단계 %2에서 후보 %1의 것은 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>None of these layers has an attention that was recorded at step %1: layers count from 0.</source>
        <translation>단계 %1에서 이 레이어들의 어텐션은 기록되지 않았습니다. 레이어는 0부터 셉니다.</translation>
    </message>
    <message>
        <source>There is no token %1: they count from 0 to %2.</source>
        <translation>토큰 %1은(는) 없습니다. 0부터 %2까지입니다.</translation>
    </message>
    <message>
        <source>Diffused over layers of %2 x %3: %1 of %4.</source>
        <translation>%2 x %3 레이어들에서 확산: %4개 가운데 %1개.</translation>
    </message>
    <message>
        <source>Masking: the rows of %1 are zero here.</source>
        <translation>마스킹: 여기서 %1의 행은 0입니다.</translation>
    </message>
    <message>
        <source>A map is diffused 0 to 16 times, not %1.</source>
        <translation>맵은 0~16번 확산할 수 있으며, %1번은 안 됩니다.</translation>
    </message>
    <message>
        <source>Choose a word to see where it acts.</source>
        <translation>어디에 작용하는지 볼 단어를 고르십시오.</translation>
    </message>
    <message>
        <source>Choose a place of the picture to see where it attends.</source>
        <translation>어디를 보는지 알아볼 곳을 이미지에서 고르십시오.</translation>
    </message>
    <message>
        <source>To place %1</source>
        <translation>자리 %1(으)로</translation>
    </message>
    <message>
        <source>From place %1</source>
        <translation>자리 %1에서</translation>
    </message>
    <message>
        <source>There is no channel %1: they count from 0 to %2 here.</source>
        <translation>채널 %1은(는) 없습니다. 여기서는 0부터 %2까지입니다.</translation>
    </message>
    <message>
        <source>No control acted at step %1.</source>
        <translation>단계 %1에서는 제어가 작용하지 않았습니다.</translation>
    </message>
    <message>
        <source>%1, channel %2</source>
        <translation>%1, 채널 %2</translation>
    </message>
    <message>
        <source>%1, channel %2 of the keys</source>
        <translation>%1, 키의 채널 %2</translation>
    </message>
    <message>
        <source>%1, channel %2 of the queries</source>
        <translation>%1, 쿼리의 채널 %2</translation>
    </message>
    <message>
        <source>Of the source there is only what its layers hold: choose a candidate.</source>
        <translation>원본에는 레이어에 있던 것만 있습니다. 후보를 고르십시오.</translation>
    </message>
    <message>
        <source>It is not known at step %1: it comes with the step.</source>
        <translation>단계 %1에서는 알 수 없습니다. 그 단계와 함께 나옵니다.</translation>
    </message>
    <message>
        <source>There is no candidate %1: there are %2.</source>
        <translation>후보 %1은(는) 없습니다. %2개 있습니다.</translation>
    </message>
    <message>
        <source>Channel %1</source>
        <translation>채널 %1</translation>
    </message>
    <message>
        <source>This run has no reference that the network read.</source>
        <translation>이 실행에는 신경망이 읽은 참조가 없습니다.</translation>
    </message>
    <message>
        <source>Reference %1, from place %2</source>
        <translation>참조 %1, 자리 %2에서</translation>
    </message>
    <message>
        <source>Place %1 looked at the text with %2 % of its attention.</source>
        <translation>자리 %1은(는) 어텐션의 %2 %로 텍스트를 보았습니다.</translation>
    </message>
    <message>
        <source>Token %1, in reference %2</source>
        <translation>참조 %2의 토큰 %1</translation>
    </message>
    <message>
        <source>Choose a place of the picture to see where it looked.</source>
        <translation>어디를 보았는지 알아볼 곳을 이미지에서 고르십시오.</translation>
    </message>
    <message>
        <source>%1, mean of %2 layers</source>
        <translation>%1, 레이어 %2개의 평균</translation>
    </message>
    <message>
        <source>Shares are those of the cells A, A′, B and B′, and this picture has none.</source>
        <translation>비율은 칸 A, A′, B, B′의 것인데 이 이미지에는 칸이 없습니다.</translation>
    </message>
    <message>
        <source>The shares of these layers were not recorded at step %1.</source>
        <translation>단계 %1에서 이 레이어들의 비율은 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>Shares are the mean over the heads.</source>
        <translation>비율은 헤드의 평균입니다.</translation>
    </message>
    <message>
        <source>After</source>
        <translation>이후</translation>
    </message>
    <message>
        <source>Before cloning</source>
        <translation>클로닝 이전</translation>
    </message>
    <message>
        <source>Words, before masking</source>
        <translation>단어, 마스킹 이전</translation>
    </message>
    <message>
        <source>Masking: the rows of A, A′ and B are zero for words, so they sum to 0, not 1.</source>
        <translation>마스킹: 단어에 대해 A, A′, B의 행은 0이므로 합이 1이 아니라 0입니다.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>자리</translation>
    </message>
    <message>
        <source>Shares of the cells</source>
        <translation>칸별 비율</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>특징</translation>
    </message>
    <message>
        <source>Features of the first convolution</source>
        <translation>첫 합성곱의 특징</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Rows of self-attention</source>
        <translation>셀프 어텐션의 행</translation>
    </message>
    <message>
        <source>Rows, mean of the heads</source>
        <translation>행, 헤드의 평균</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Channels of the queries</source>
        <translation>쿼리의 채널</translation>
    </message>
    <message>
        <source>Channels of the keys</source>
        <translation>키의 채널</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>제어</translation>
    </message>
    <message>
        <source>Tokens of a reference</source>
        <translation>참조의 토큰</translation>
    </message>
    <message>
        <source>Where it looked in the reference</source>
        <translation>참조에서 본 곳</translation>
    </message>
    <message>
        <source>Predicted noise</source>
        <translation>예측한 노이즈</translation>
    </message>
    <message>
        <source>Predicted clean picture</source>
        <translation>예측한 깨끗한 이미지</translation>
    </message>
    <message>
        <source>Latent</source>
        <translation>잠재 변수</translation>
    </message>
    <message>
        <source>%1 LoRAs are more than can be added: take %2.</source>
        <translation>LoRA %1개는 더할 수 있는 것보다 많습니다. %2개까지 고르십시오.</translation>
    </message>
    <message>
        <source>The weight of the LoRA %1 has to be between %2 and %3.</source>
        <translation>LoRA %1의 가중치는 %2와(과) %3 사이여야 합니다.</translation>
    </message>
    <message>
        <source>Where the LoRA lies whose SHA-256 begins with %1 is not known: please choose its file again.</source>
        <translation>SHA-256이 %1(으)로 시작하는 LoRA가 어디 있는지 알 수 없습니다. 그 파일을 다시 고르십시오.</translation>
    </message>
    <message>
        <source>The mask is black everywhere: nothing is painted anew.</source>
        <translation>마스크가 모두 검은색입니다. 새로 그리는 곳이 없습니다.</translation>
    </message>
    <message>
        <source>The mask is white everywhere: all is painted anew.</source>
        <translation>마스크가 모두 흰색입니다. 전체를 새로 그립니다.</translation>
    </message>
    <message>
        <source>Please give a picture for %1.</source>
        <translation>%1의 이미지를 넣으십시오.</translation>
    </message>
    <message>
        <source>Please give a picture for %1, or set &quot;%2&quot; (--%3 on the command line).</source>
        <translation>%1의 이미지를 넣거나 &quot;%2&quot;을(를) 정하십시오(명령줄에서는 --%3).</translation>
    </message>
    <message>
        <source>%1 has no place for a picture called &quot;%2&quot;.</source>
        <translation>%1에는 &quot;%2&quot;(이)라는 이미지 자리가 없습니다.</translation>
    </message>
    <message>
        <source>%1 has no setting called &quot;%2&quot;.</source>
        <translation>%1에는 &quot;%2&quot;(이)라는 설정이 없습니다.</translation>
    </message>
    <message>
        <source>%1 has no preset called &quot;%2&quot;.</source>
        <translation>%1에는 &quot;%2&quot;(이)라는 프리셋이 없습니다.</translation>
    </message>
    <message>
        <source>a picture for %1</source>
        <translation>%1의 이미지</translation>
    </message>
    <message>
        <source>The model %1 has no autoencoder, so it cannot make pictures alone. Please choose a complete checkpoint or a diffusers folder.</source>
        <translation>모델 %1에 오토인코더가 없어 혼자서는 이미지를 만들 수 없습니다. 온전한 체크포인트나 diffusers 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The model %1 has no autoencoder, so it cannot make pictures alone. Please choose a complete checkpoint or a diffusers folder, or the file of one as %2 (--%3 on the command line).</source>
        <translation>모델 %1에 오토인코더가 없어 혼자서는 이미지를 만들 수 없습니다. 온전한 체크포인트나 diffusers 폴더를 고르거나, 오토인코더의 파일을 %2(명령줄에서는 --%3)에 정하십시오.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>The file %1 is not a JSON object. Please download it again, complete and unchanged.</source>
        <translation>파일 %1은(는) JSON 객체가 아닙니다. 온전하고 바뀌지 않은 파일을 다시 받으십시오.</translation>
    </message>
    <message>
        <source>&quot;no value&quot;</source>
        <translation>&quot;값 없음&quot;</translation>
    </message>
    <message>
        <source>The file %1 says %2 for %3, which is not supported. Please choose a Stable Diffusion 1.x or 2.x model.</source>
        <translation>파일 %1은(는) %3이(가) %2(이)라고 하는데, 이는 지원하지 않습니다. Stable Diffusion 1.x 또는 2.x 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>There is no file or folder %1 to load a ControlNet from.</source>
        <translation>ControlNet을 불러올 파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 holds only the difference between a ControlNet and a model. Please get the whole ControlNet.</source>
        <translation>파일 %1에는 ControlNet과 모델의 차이만 들어 있습니다. 온전한 ControlNet을 구하십시오.</translation>
    </message>
    <message>
        <source>The file %1 %2, where a ControlNet is expected. Please choose a ControlNet.</source>
        <translation>파일 %1은(는) %2. ControlNet이 필요한 자리입니다. ControlNet을 고르십시오.</translation>
    </message>
    <message>
        <source>is a model</source>
        <translation>모델입니다</translation>
    </message>
    <message>
        <source>The ControlNet %1 was made for a model with a context of %2 features and %3 channels; this model has %4 and %5. Please choose a ControlNet made for this model.</source>
        <translation>ControlNet %1은(는) 컨텍스트가 특징 %2개, 채널 %3개인 모델을 위한 것인데, 이 모델은 %4개와 %5개입니다. 이 모델을 위해 만든 ControlNet을 고르십시오.</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>%1 is of type %2, where a floating-point one is needed.</source>
        <translation>%1은(는) 부동소수점이 필요한데 형식이 %2입니다.</translation>
    </message>
    <message>
        <source>%1 has a scale of another shape.</source>
        <translation>%1의 배율이 다른 형상입니다.</translation>
    </message>
    <message>
        <source>%1 holds values that are too large for fp16. Please choose the precision bf16 or fp32.</source>
        <translation>%1에 fp16으로 나타내기에 너무 큰 값이 있습니다. 정밀도 bf16이나 fp32를 고르십시오.</translation>
    </message>
    <message>
        <source>The tensor %1 in the file %2</source>
        <translation>파일 %2의 텐서 %1</translation>
    </message>
    <message>
        <source>Loading the %1 (%2 %)</source>
        <translation>%1을(를) 불러오는 중(%2 %)</translation>
    </message>
    <message>
        <source>The metadata of the LoRA %1</source>
        <translation>LoRA %1의 메타데이터</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>수 하나</translation>
    </message>
    <message>
        <source>%1 and %2 others</source>
        <translation>%1 외 %2개</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.x</source>
        <translation>Stable Diffusion 1.x</translation>
    </message>
    <message>
        <source>Stable Diffusion 2.x</source>
        <translation>Stable Diffusion 2.x</translation>
    </message>
    <message>
        <source>%1 is no plain LoRA but holds %2 (%3), which is not supported.</source>
        <translation>%1은(는) 일반 LoRA가 아니라 %2(%3)을(를) 담고 있는데, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 is for %2 (it has %3), which is not supported.</source>
        <translation>LoRA %1은(는) %2용(%3이(가) 있음)이며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 is no plain LoRA but holds DoRA, which is not supported.</source>
        <translation>%1은(는) 일반 LoRA가 아니라 DoRA를 담고 있는데, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 names the layer %2 twice, so that it is not clear what is meant.</source>
        <translation>LoRA %1에 레이어 %2이(가) 두 번 나와 어느 것인지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 is for another model: this one has no layers that are called %2.</source>
        <translation>LoRA %1은(는) 다른 모델을 위한 것입니다. 이 모델에는 %2(이)라는 레이어가 없습니다.</translation>
    </message>
    <message>
        <source>%1 is no LoRA: nothing in it says what it would change.</source>
        <translation>%1은(는) LoRA가 아닙니다. 무엇을 바꾸는지가 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 changes the text encoder alone, and this model has none.</source>
        <translation>LoRA %1은(는) 텍스트 인코더만 바꾸는데 이 모델에는 그것이 없습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 has no number as %2.</source>
        <translation>LoRA %1의 %2이(가) 수가 아닙니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 is for %2, and the model is %3: it does not fit.</source>
        <translation>LoRA %1은(는) %2용인데 모델은 %3입니다. 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 does not fit the model: %2 is of shape %3, where %4 is needed.</source>
        <translation>LoRA %1이(가) 모델에 맞지 않습니다. %2의 형상이 %3인데 %4이어야 합니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 is incomplete: of the layer %2 it has only a part.</source>
        <translation>LoRA %1이(가) 온전하지 않습니다. 레이어 %2의 일부만 있습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 has the rank %2 in %3, where 1 to %4 are possible.</source>
        <translation>LoRA %1의 %3 랭크가 %2인데, 1부터 %4까지만 됩니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 multiplies its layer %2 by %3, which cannot be meant: the file is damaged.</source>
        <translation>LoRA %1이(가) 레이어 %2에 %3을(를) 곱하는데, 그럴 리가 없습니다. 파일이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The LoRA %1 changes the layer %2, which has no weights in this model.</source>
        <translation>LoRA %1이(가) 바꾸는 레이어 %2은(는) 이 모델에 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>The tags of the training</source>
        <translation>학습 태그</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>파일 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 is a folder: please choose the LoRA&apos;s file in it.</source>
        <translation>%1은(는) 폴더입니다. 그 안의 LoRA 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is a Python pickle, and LoRAs are read from safetensors files alone.</source>
        <translation>%1은(는) Python pickle인데, LoRA는 safetensors 파일만 읽습니다.</translation>
    </message>
    <message>
        <source>%1 of its entries are not known and are left out (%2).</source>
        <translation>항목 %1개는 알 수 없어 뺐습니다(%2).</translation>
    </message>
    <message>
        <source>The model has no text encoder, so %1 of its entries are left out (%2).</source>
        <translation>모델에 텍스트 인코더가 없어 항목 %1개를 뺐습니다(%2).</translation>
    </message>
    <message>
        <source>ControlNet as a LoRA</source>
        <translation>LoRA로 된 ControlNet</translation>
    </message>
    <message>
        <source>SD3, FLUX or the like</source>
        <translation>SD3나 FLUX 등</translation>
    </message>
    <message>
        <source>Stable Cascade</source>
        <translation>Stable Cascade</translation>
    </message>
    <message>
        <source>is a SeeCoder, which turns a reference picture into a context</source>
        <translation>참조 이미지를 컨텍스트로 바꾸는 SeeCoder입니다</translation>
    </message>
    <message>
        <source>is a ControlLoRA, which makes a ControlNet of a model&apos;s own UNet</source>
        <translation>모델의 UNet으로 ControlNet을 만드는 ControlLoRA입니다</translation>
    </message>
    <message>
        <source>is a ControlNet-LLLite, an addition to an SDXL model</source>
        <translation>SDXL 모델에 더하는 ControlNet-LLLite입니다</translation>
    </message>
    <message>
        <source>is a ControlNet, which guides a model</source>
        <translation>모델을 이끄는 ControlNet입니다</translation>
    </message>
    <message>
        <source>is a T2I-Adapter, which guides a model</source>
        <translation>모델을 이끄는 T2I-Adapter입니다</translation>
    </message>
    <message>
        <source>is an SDXL model</source>
        <translation>SDXL 모델입니다</translation>
    </message>
    <message>
        <source>is an unCLIP model, which is asked with pictures</source>
        <translation>이미지로 묻는 unCLIP 모델입니다</translation>
    </message>
    <message>
        <source>Flux</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>is a Flux model</source>
        <translation>Flux 모델입니다</translation>
    </message>
    <message>
        <source>Stable Diffusion 3</source>
        <translation>Stable Diffusion 3</translation>
    </message>
    <message>
        <source>is a Stable Diffusion 3 model</source>
        <translation>Stable Diffusion 3 모델입니다</translation>
    </message>
    <message>
        <source>is an autoencoder (VAE) alone, one part of a model</source>
        <translation>모델의 한 부분인 오토인코더(VAE)뿐입니다</translation>
    </message>
    <message>
        <source>is a TAESD, a small autoencoder for previews</source>
        <translation>미리보기를 위한 작은 오토인코더 TAESD입니다</translation>
    </message>
    <message>
        <source>is a text encoder alone, one part of a model</source>
        <translation>모델의 한 부분인 텍스트 인코더뿐입니다</translation>
    </message>
    <message>
        <source>textual inversion</source>
        <translation>텍스추얼 인버전</translation>
    </message>
    <message>
        <source>is a textual-inversion embedding, a word for a model</source>
        <translation>모델을 위한 단어인 텍스추얼 인버전 임베딩입니다</translation>
    </message>
    <message>
        <source>has no tensors in it</source>
        <translation>텐서가 하나도 없습니다</translation>
    </message>
    <message>
        <source>holds no model that is known</source>
        <translation>알려진 모델이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>is a LoRA, which changes a model and is none by itself</source>
        <translation>모델을 바꾸는 것이며 그 자체는 모델이 아닌 LoRA입니다</translation>
    </message>
    <message>
        <source>SDXL refiner</source>
        <translation>SDXL 리파이너</translation>
    </message>
    <message>
        <source>is an SDXL refiner, which finishes pictures of an SDXL model</source>
        <translation>SDXL 모델의 이미지를 마무리하는 SDXL 리파이너입니다</translation>
    </message>
    <message>
        <source>is an unCLIP or upscaling model, whose UNet is asked with classes</source>
        <translation>UNet에 클래스로 묻는 unCLIP 또는 업스케일 모델입니다</translation>
    </message>
    <message>
        <source>Stable Diffusion</source>
        <translation>Stable Diffusion</translation>
    </message>
    <message>
        <source>Stable Diffusion (own size)</source>
        <translation>Stable Diffusion (독자 크기)</translation>
    </message>
    <message>
        <source>is an InstructPix2Pix model (8 input channels), which follows written orders</source>
        <translation>글로 쓴 지시를 따르는 InstructPix2Pix 모델(입력 8채널)입니다</translation>
    </message>
    <message>
        <source>is a depth-guided model (5 input channels)</source>
        <translation>깊이로 이끄는 모델(입력 5채널)입니다</translation>
    </message>
    <message>
        <source>is an upscaling model (7 input channels)</source>
        <translation>업스케일 모델(입력 7채널)입니다</translation>
    </message>
    <message>
        <source>has a UNet with %1 input channels, where 4 or 9 are expected</source>
        <translation>UNet의 입력이 %1채널입니다(4 또는 9채널이어야 합니다)</translation>
    </message>
    <message>
        <source>The folder %1 could not be read: %2.</source>
        <translation>폴더 %1을(를) 읽지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>The file %1 is not an index of weights: it has no weight_map.</source>
        <translation>파일 %1은(는) 가중치의 색인이 아닙니다. weight_map이 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 says that the tensor %2 is in %3, which is no file in the same folder.</source>
        <translation>파일 %1에는 텐서 %2이(가) %3에 있다고 적혀 있는데, 같은 폴더에 그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 does not hold exactly the tensors that %2 names for it.</source>
        <translation>파일 %1에 든 텐서가 %2에 적힌 것과 다릅니다.</translation>
    </message>
    <message>
        <source>The folder %1 has no weights (.safetensors) in it.</source>
        <translation>폴더 %1에 가중치(.safetensors)가 없습니다.</translation>
    </message>
    <message>
        <source>The folder %1 holds weights that are none of this part of a model (such as %2). Please get the model again, complete and unchanged.</source>
        <translation>폴더 %1의 가중치는 모델의 이 부분이 아닙니다(예: %2). 온전하고 바뀌지 않은 모델을 다시 구하십시오.</translation>
    </message>
    <message>
        <source>The folder %1 has no config.json, which says how the network is built.</source>
        <translation>폴더 %1에 신경망의 구조를 적은 config.json이 없습니다.</translation>
    </message>
    <message>
        <source>The folder %1 has its weights as a pickle (%2), which must be converted to safetensors before it is loaded: choose the folder of the whole model.</source>
        <translation>폴더 %1의 가중치는 pickle(%2)이라 불러오기 전에 safetensors로 변환해야 합니다. 모델 전체의 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no file or folder %1 to load an autoencoder from.</source>
        <translation>오토인코더를 불러올 파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 %2, where an autoencoder (VAE) is expected. Please choose one&apos;s file or folder.</source>
        <translation>파일 %1은(는) %2. 오토인코더(VAE)가 필요한 자리입니다. 그 파일이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>%1 holds no autoencoder (VAE). Please choose one&apos;s file or folder.</source>
        <translation>%1에는 오토인코더(VAE)가 없습니다. 그 파일이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 is not a JSON object.</source>
        <translation>파일 %1은(는) JSON 객체가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 (%2 instead of %3)</source>
        <translation>%1(%3 대신 %2)</translation>
    </message>
    <message>
        <source>The file %1 lacks %2 of the %3 tensors that it needs: %4. Please get the complete file.</source>
        <translation>파일 %1에 필요한 텐서 %3개 가운데 %2개가 없습니다: %4. 온전한 파일을 구하십시오.</translation>
    </message>
    <message>
        <source>The file %1 has %2 tensors of another shape than its configuration says: %3.</source>
        <translation>파일 %1에 설정과 형상이 다른 텐서가 %2개 있습니다: %3.</translation>
    </message>
    <message>
        <source>Please choose a Stable Diffusion 1.x or 2.x model: a .safetensors checkpoint or a diffusers folder.</source>
        <translation>Stable Diffusion 1.x 또는 2.x 모델을 고르십시오: .safetensors 체크포인트나 diffusers 폴더.</translation>
    </message>
    <message>
        <source>The folder %1</source>
        <translation>폴더 %1</translation>
    </message>
    <message>
        <source>The file %1 beside it says that it predicts velocity.</source>
        <translation>옆에 있는 파일 %1에 속도를 예측한다고 적혀 있습니다.</translation>
    </message>
    <message>
        <source>The file %1 beside it says that it predicts noise.</source>
        <translation>옆에 있는 파일 %1에 노이즈를 예측한다고 적혀 있습니다.</translation>
    </message>
    <message>
        <source>%1 has a UNet whose tensors are named in a way that is not known. %2</source>
        <translation>%1의 UNet은 텐서 이름이 알려지지 않은 방식으로 되어 있습니다. %2</translation>
    </message>
    <message>
        <source>%1 %2, which Simile cannot use. %3</source>
        <translation>%1은(는) %2. Simile에서 쓸 수 없습니다. %3</translation>
    </message>
    <message>
        <source>It has no autoencoder, so it makes pictures only where one is chosen beside it.</source>
        <translation>오토인코더가 없어, 따로 고를 때만 이미지를 만듭니다.</translation>
    </message>
    <message>
        <source>It has no text encoder, so it understands no prompt.</source>
        <translation>텍스트 인코더가 없어 프롬프트를 이해하지 못합니다.</translation>
    </message>
    <message>
        <source>It has %1 tensors that are not known and not used (%2).</source>
        <translation>알 수 없어 쓰지 않는 텐서가 %1개 있습니다(%2).</translation>
    </message>
    <message>
        <source>It is taken for a v-prediction model by its weights.</source>
        <translation>가중치로 보아 v-prediction 모델로 다룹니다.</translation>
    </message>
    <message>
        <source>There is no file or folder %1.</source>
        <translation>파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>checkpoint (pickle)</source>
        <translation>체크포인트(pickle)</translation>
    </message>
    <message>
        <source>%1 is a Python pickle, which must be converted to safetensors before it is loaded.</source>
        <translation>%1은(는) Python pickle이라 불러오기 전에 safetensors로 변환해야 합니다.</translation>
    </message>
    <message>
        <source>%1 has no weights in its folder unet that can be read (.safetensors or .bin; those of Flax, .msgpack, cannot). %2</source>
        <translation>%1의 폴더 unet에 읽을 수 있는 가중치가 없습니다(.safetensors나 .bin. Flax의 .msgpack은 읽을 수 없습니다). %2</translation>
    </message>
    <message>
        <source>%1 holds no model. %2</source>
        <translation>%1에는 모델이 없습니다. %2</translation>
    </message>
    <message>
        <source>%1 holds a model of the kind %2. %3</source>
        <translation>%1에는 %2 종류의 모델이 있습니다. %3</translation>
    </message>
    <message>
        <source>%1 holds a UNet alone, one part of a model. %2</source>
        <translation>%1에는 모델의 한 부분인 UNet만 있습니다. %2</translation>
    </message>
    <message>
        <source>There is no file %1, which is to be a LoRA: choose it again.</source>
        <translation>LoRA로 쓸 파일 %1이(가) 없습니다. 다시 고르십시오.</translation>
    </message>
    <message>
        <source>The file of the LoRA %1 is another than when it was chosen: please choose it again.</source>
        <translation>LoRA %1의 파일이 골랐을 때와 다릅니다. 다시 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 has no tensor %2.</source>
        <translation>파일 %1에 텐서 %2이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The pictures could not be packed as an animated WebP.</source>
        <translation>이미지를 애니메이션 WebP로 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>There is no picture to make an animation of.</source>
        <translation>애니메이션으로 만들 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>An animation is made of pictures of one size.</source>
        <translation>애니메이션의 이미지는 크기가 모두 같아야 합니다.</translation>
    </message>
    <message>
        <source>a colour profile without a name</source>
        <translation>이름 없는 색 프로파일</translation>
    </message>
    <message>
        <source>Its colour profile is damaged and was ignored.</source>
        <translation>색 프로파일이 손상되어 무시했습니다.</translation>
    </message>
    <message>
        <source>Its colour profile does not fit its colours and was ignored.</source>
        <translation>색 프로파일이 색과 맞지 않아 무시했습니다.</translation>
    </message>
    <message>
        <source>The colours were converted from %1 to sRGB.</source>
        <translation>색을 %1에서 sRGB로 변환했습니다.</translation>
    </message>
    <message>
        <source>The pictures have different sizes, %1 x %2 and %3 x %4: bring them to the same one first.</source>
        <translation>이미지의 크기가 %1 x %2, %3 x %4(으)로 서로 다릅니다. 먼저 같은 크기로 맞추십시오.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1백만</translation>
    </message>
    <message>
        <source>%1 is too large: %2 x %3 pixels (%4). At most %5 pixels and %6 on a side are read; make it smaller first.</source>
        <translation>%1이(가) 너무 큽니다: %2 x %3 픽셀(%4). 최대 %5 픽셀, 한 변 %6까지 읽습니다. 먼저 줄이십시오.</translation>
    </message>
    <message>
        <source>It has %1 x %2 pixels and was read at %3 x %4, which takes %5 in place of %6.</source>
        <translation>%1 x %2 픽셀인 이미지를 %3 x %4(으)로 읽었습니다. %6 대신 %5을(를) 차지합니다.</translation>
    </message>
    <message>
        <source>It has %1 x %2 pixels, which take %3 of memory.</source>
        <translation>%1 x %2 픽셀이며 메모리 %3을(를) 차지합니다.</translation>
    </message>
    <message>
        <source>Its colour profile is larger than 1 MiB and was ignored.</source>
        <translation>색 프로파일이 1 MiB보다 커서 무시했습니다.</translation>
    </message>
    <message>
        <source>is incomplete: the end of the PNG picture is missing</source>
        <translation>온전하지 않습니다: PNG 이미지의 끝이 없습니다</translation>
    </message>
    <message>
        <source>is a damaged PNG picture: its header is missing</source>
        <translation>손상된 PNG 이미지입니다: 헤더가 없습니다</translation>
    </message>
    <message>
        <source>is a damaged PNG picture: it has several headers</source>
        <translation>손상된 PNG 이미지입니다: 헤더가 여러 개입니다</translation>
    </message>
    <message>
        <source>It is animated (%1 frames); its still picture was read.</source>
        <translation>애니메이션(%1프레임)이며, 그 정지 이미지를 읽었습니다.</translation>
    </message>
    <message>
        <source>is incomplete: the end of the BMP picture is missing</source>
        <translation>온전하지 않습니다: BMP 이미지의 끝이 없습니다</translation>
    </message>
    <message>
        <source>an AVIF picture</source>
        <translation>AVIF 이미지</translation>
    </message>
    <message>
        <source>a HEIC picture</source>
        <translation>HEIC 이미지</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>Photoshop 문서</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 이미지</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>JPEG 2000 이미지</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>OpenEXR 이미지</translation>
    </message>
    <message>
        <source>a Radiance picture</source>
        <translation>Radiance 이미지</translation>
    </message>
    <message>
        <source>a GIMP document</source>
        <translation>GIMP 문서</translation>
    </message>
    <message>
        <source>a zip archive</source>
        <translation>zip 압축 파일</translation>
    </message>
    <message>
        <source>a gzip file</source>
        <translation>gzip 파일</translation>
    </message>
    <message>
        <source>a BigTIFF picture</source>
        <translation>BigTIFF 이미지</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1이(가) 비어 있습니다.</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 그림</translation>
    </message>
    <message>
        <source>Its EXIF data is larger than 1 MiB and was ignored.</source>
        <translation>EXIF 데이터가 1 MiB보다 커서 무시했습니다.</translation>
    </message>
    <message>
        <source>is a damaged picture: it has no width or no height</source>
        <translation>손상된 이미지입니다: 너비나 높이가 없습니다</translation>
    </message>
    <message>
        <source>It is incomplete: its end is missing, so it is coarser than it was.</source>
        <translation>온전하지 않습니다: 끝이 없어 원래보다 거칩니다.</translation>
    </message>
    <message>
        <source>The end of the file is missing; all its pixels are there.</source>
        <translation>파일의 끝이 없지만 픽셀은 모두 있습니다.</translation>
    </message>
    <message>
        <source>is incomplete: the end of the JPEG picture is missing</source>
        <translation>온전하지 않습니다: JPEG 이미지의 끝이 없습니다</translation>
    </message>
    <message>
        <source>is damaged or incomplete: its pixels could not be read</source>
        <translation>손상되었거나 온전하지 않습니다: 픽셀을 읽지 못했습니다</translation>
    </message>
    <message>
        <source>is a damaged JPEG picture: it holds no pixels</source>
        <translation>손상된 JPEG 이미지입니다: 픽셀이 없습니다</translation>
    </message>
    <message>
        <source>is a JPEG picture in CMYK of an unknown kind; save it in RGB</source>
        <translation>알 수 없는 종류의 CMYK JPEG 이미지입니다. RGB로 저장하십시오</translation>
    </message>
    <message>
        <source>Its CMYK colours were converted to RGB without a colour profile and may look different.</source>
        <translation>CMYK 색을 색 프로파일 없이 RGB로 변환하여 달라 보일 수 있습니다.</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 pixels is too large for %3, which has at most %4 a side: choose another format, or make it smaller.</source>
        <translation>%1 x %2 픽셀인 이미지는 한 변이 최대 %4인 %3에 너무 큽니다. 다른 형식을 고르거나 줄이십시오.</translation>
    </message>
    <message>
        <source>The picture could not be packed: %1.</source>
        <translation>이미지를 파일로 만들지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>The picture could not be packed.</source>
        <translation>이미지를 파일로 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>The picture could not be packed as WebP.</source>
        <translation>이미지를 WebP로 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>There is no picture to save.</source>
        <translation>저장할 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>It is incomplete: the last %1 of its %2 rows are missing, and grey or empty.</source>
        <translation>온전하지 않습니다: %2행 가운데 마지막 %1행이 없어 회색이거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>The picture could not be packed as PNG.</source>
        <translation>이미지를 PNG로 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot name a text in a PNG file: it takes 1 to 79 characters of Latin-1.</source>
        <translation>&quot;%1&quot;은(는) PNG 파일에 든 텍스트의 이름이 될 수 없습니다. Latin-1 글자 1~79자여야 합니다.</translation>
    </message>
    <message>
        <source>holds floating-point numbers</source>
        <translation>부동소수점 수를 담은</translation>
    </message>
    <message>
        <source>holds numbers of an unusual kind</source>
        <translation>특이한 종류의 수를 담은</translation>
    </message>
    <message>
        <source>holds CMYK colours of 16 bits</source>
        <translation>16비트 CMYK 색을 담은</translation>
    </message>
    <message>
        <source>holds 16-bit colours in an unusual order</source>
        <translation>특이한 순서의 16비트 색을 담은</translation>
    </message>
    <message>
        <source>The transparency of this grey TIFF picture was left out.</source>
        <translation>이 회색조 TIFF 이미지의 투명도는 무시했습니다.</translation>
    </message>
    <message>
        <source>is a damaged or incomplete TIFF picture: its size cannot be found</source>
        <translation>손상되었거나 온전하지 않은 TIFF 이미지입니다: 크기를 알 수 없습니다</translation>
    </message>
    <message>
        <source>is incomplete: a part of the TIFF picture is missing</source>
        <translation>온전하지 않습니다: TIFF 이미지의 일부가 없습니다</translation>
    </message>
    <message>
        <source>is a TIFF picture that %1, which is not supported; save it in RGB with 8 or 16 bits</source>
        <translation>%1 TIFF 이미지로, 지원하지 않습니다. 8비트나 16비트 RGB로 저장하십시오</translation>
    </message>
    <message>
        <source>The file has %1 pages; the first was read.</source>
        <translation>파일에 %1쪽이 있어 첫 쪽을 읽었습니다.</translation>
    </message>
    <message>
        <source>is incomplete: the end of the WebP picture is missing</source>
        <translation>온전하지 않습니다: WebP 이미지의 끝이 없습니다</translation>
    </message>
    <message>
        <source>is a damaged WebP picture: its header is missing</source>
        <translation>손상된 WebP 이미지입니다: 헤더가 없습니다</translation>
    </message>
    <message>
        <source>is a damaged WebP picture: its first frame does not fit into it</source>
        <translation>손상된 WebP 이미지입니다: 첫 프레임이 이미지를 벗어납니다</translation>
    </message>
    <message>
        <source>It is animated (%1 frames); its first frame was read.</source>
        <translation>애니메이션(%1프레임)이며, 첫 프레임을 읽었습니다.</translation>
    </message>
    <message>
        <source>The preset %1 sets %2, which is no setting.</source>
        <translation>프리셋 %1이(가) 정하는 %2은(는) 설정이 아닙니다.</translation>
    </message>
    <message>
        <source>The presets in %1 cannot be read: each has an id, a label and values.</source>
        <translation>%1의 프리셋을 읽을 수 없습니다. 프리셋마다 id, label, values가 있어야 합니다.</translation>
    </message>
    <message>
        <source>The presets in %1 cannot be read: %2</source>
        <translation>%1의 프리셋을 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>its pictures have %1 million pixels together, and %2 million are read.</source>
        <translation>이미지가 모두 %1백만 픽셀인데, %2백만까지 읽습니다.</translation>
    </message>
    <message>
        <source>the picture for %1 in it does not have the checksum it should.</source>
        <translation>그 안의 %1 이미지가 체크섬과 맞지 않습니다.</translation>
    </message>
    <message>
        <source>it has format %1 and this version reads up to %2: a newer Simile wrote it and can read it.</source>
        <translation>형식이 %1인데 이 버전은 %2까지 읽습니다. 더 새로운 Simile가 쓴 것으로, 그것으로 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>The record of how this picture was made cannot be read: %1</source>
        <translation>이 이미지를 어떻게 만들었는지 적은 기록을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>%1 was taken out of the prompt: choose the file as a LoRA.</source>
        <translation>%1을(를) 프롬프트에서 뺐습니다. 그 파일을 LoRA로 고르십시오.</translation>
    </message>
    <message>
        <source>%1 stays a word of the prompt here.</source>
        <translation>%1은(는) 여기서 프롬프트의 단어로 남습니다.</translation>
    </message>
    <message>
        <source>%1 is no weight between -10 and 10, so its brackets are taken as text.</source>
        <translation>%1은(는) -10과 10 사이의 가중치가 아니므로 그 괄호를 텍스트로 다룹니다.</translation>
    </message>
    <message>
        <source>%1 is taken as text: prompts do not change during a run here.</source>
        <translation>%1을(를) 텍스트로 다룹니다. 여기서는 실행 도중에 프롬프트가 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>The text encoder&apos;s file %1 sets %2 to %3, which is not supported.</source>
        <translation>텍스트 인코더의 파일 %1이(가) %2을(를) %3(으)로 정했는데, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a text encoder&apos;s configuration in JSON.</source>
        <translation>파일 %1은(는) JSON으로 된 텍스트 인코더 설정이 아닙니다.</translation>
    </message>
    <message>
        <source>Clip skip cannot be %1: the model&apos;s text encoder has %2 layers.</source>
        <translation>클립 스킵은 %1일 수 없습니다. 모델의 텍스트 인코더에는 레이어가 %2개 있습니다.</translation>
    </message>
    <message>
        <source>ICU&apos;s data for Unicode cannot be read: %1</source>
        <translation>ICU의 유니코드 데이터를 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The text is longer than 64 MiB; shorten it.</source>
        <translation>텍스트가 64 MiB보다 깁니다. 줄이십시오.</translation>
    </message>
    <message>
        <source>The file %1, line %2,</source>
        <translation>파일 %1의 %2번째 줄</translation>
    </message>
    <message>
        <source>The compressed file %1 is damaged or cut off; get it again.</source>
        <translation>압축 파일 %1이(가) 손상되었거나 잘렸습니다. 다시 구하십시오.</translation>
    </message>
    <message>
        <source>%1 is %2, not two symbols with a space between.</source>
        <translation>%1: 사이를 띄운 기호 두 개가 아니라 %2입니다.</translation>
    </message>
    <message>
        <source>The file %1, merge %2,</source>
        <translation>파일 %1의 병합 %2</translation>
    </message>
    <message>
        <source>The file %1 has no list of merges.</source>
        <translation>파일 %1에 병합 목록이 없습니다.</translation>
    </message>
    <message>
        <source>%1 is not a pair of symbols.</source>
        <translation>%1: 기호 두 개의 쌍이 아닙니다.</translation>
    </message>
    <message>
        <source>The file %1 has no vocabulary: an object of tokens and ids.</source>
        <translation>파일 %1에 어휘(토큰과 id의 객체)가 없습니다.</translation>
    </message>
    <message>
        <source>%1 gives %2 the id %3, although there are only %4 tokens: an entry is missing or doubled.</source>
        <translation>%1: %2의 id가 %3인데 토큰은 %4개뿐입니다. 빠지거나 겹친 항목이 있습니다.</translation>
    </message>
    <message>
        <source>%1 gives %2 the id %3, which %4 has already.</source>
        <translation>%1: %2의 id가 %3인데 이미 %4의 것입니다.</translation>
    </message>
    <message>
        <source>The file %1 has no token %2.</source>
        <translation>파일 %1에 토큰 %2이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 joins %2 and %3, but %4 is not in the vocabulary.</source>
        <translation>%1: %2와(과) %3을(를) 잇는데 %4이(가) 어휘에 없습니다.</translation>
    </message>
    <message>
        <source>%1 repeats an earlier pair.</source>
        <translation>%1: 앞에 나온 쌍을 되풀이합니다.</translation>
    </message>
    <message>
        <source>%1 should join two tokens to %2, but no line does: one is missing there.</source>
        <translation>%1: 두 토큰을 %2(으)로 이어야 하는데 그런 줄이 없습니다. 하나가 빠졌습니다.</translation>
    </message>
    <message>
        <source>The special token %1 is not in the file %2.</source>
        <translation>특수 토큰 %1이(가) 파일 %2에 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 ends after %2 merges instead of %3; get it again.</source>
        <translation>파일 %1이(가) 병합 %3개가 아니라 %2개 뒤에 끝납니다. 다시 구하십시오.</translation>
    </message>
    <message>
        <source>%1 makes %2, which an earlier line makes already.</source>
        <translation>%1: %2을(를) 만드는데, 앞의 줄에서 이미 만듭니다.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; is of a layer that is not there: residual blocks count from 0 to 21, and the end of 8-11 is not included.</source>
        <translation>개입 &quot;%1&quot;의 레이어가 없습니다. 잔차 블록은 0부터 21까지 세고, 8-11의 끝은 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; is of a layer that is not there: attention layers count from 0 to 15, and the end of 8-11 is not included.</source>
        <translation>개입 &quot;%1&quot;의 레이어가 없습니다. 어텐션 레이어는 0부터 15까지 세고, 8-11의 끝은 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; is about the cells of a grid, and %2 has no grid. Please take the touch out.</source>
        <translation>개입 &quot;%1&quot;은(는) 격자의 칸에 대한 것인데 %2에는 격자가 없습니다. 개입을 빼십시오.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; leaves an injected layer out, and %2 injects nothing. Please take the touch out.</source>
        <translation>개입 &quot;%1&quot;은(는) 주입되는 레이어를 빼는 것인데 %2은(는) 아무것도 주입하지 않습니다. 개입을 빼십시오.</translation>
    </message>
    <message>
        <source>%1 makes no picture that a touch would change. Please take the touch out.</source>
        <translation>%1은(는) 개입으로 바뀔 이미지를 만들지 않습니다. 개입을 빼십시오.</translation>
    </message>
    <message>
        <source>The touch &quot;%1&quot; cannot be taken: %2.</source>
        <translation>개입 &quot;%1&quot;은(는) 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>its layers are &quot;all&quot;, or such as 8, 8-11 or 8-11,13, where the end is not included</source>
        <translation>레이어는 &quot;all&quot; 또는 8, 8-11, 8-11,13처럼 쓰며, 끝은 들어가지 않습니다</translation>
    </message>
    <message>
        <source>the part of the run lies between 0 and 1, as in 0-0.5</source>
        <translation>실행의 구간은 0-0.5처럼 0과 1 사이입니다</translation>
    </message>
    <message>
        <source>a box is its left edge, its top, its width and its height in parts of the picture, from 0 to 1, as in 0.5,0,0.5,1</source>
        <translation>상자는 0.5,0,0.5,1처럼 왼쪽, 위, 너비, 높이를 이미지에 대한 비율(0~1)로 씁니다</translation>
    </message>
    <message>
        <source>a share is of two of the cells A, A&apos;, B and B&apos;, as in B&apos;&gt;A</source>
        <translation>비율은 B&apos;&gt;A처럼 칸 A, A&apos;, B, B&apos; 가운데 둘 사이의 것입니다</translation>
    </message>
    <message>
        <source>heads count from 0, as in head=3</source>
        <translation>헤드는 head=3처럼 0부터 셉니다</translation>
    </message>
    <message>
        <source>it names the word, as in word=circle:2</source>
        <translation>word=circle:2처럼 단어를 적습니다</translation>
    </message>
    <message>
        <source>what is changed in self-attention is a head, rows, columns or a share, as in head=3:0, rows=0,0,0.5,1:0.2, columns=0,0,0.5,1:0 and share=B&apos;&gt;A:2, or inject=off</source>
        <translation>셀프 어텐션에서 바꿀 수 있는 것은 head=3:0, rows=0,0,0.5,1:0.2, columns=0,0,0.5,1:0, share=B&apos;&gt;A:2 같은 헤드, 행, 열, 비율이나 inject=off입니다</translation>
    </message>
    <message>
        <source>what is changed in cross-attention is a head, a word or rows, as in head=3:0, word=circle:2 and rows=0,0,0.5,1:0.2</source>
        <translation>크로스 어텐션에서 바꿀 수 있는 것은 head=3:0, word=circle:2, rows=0,0,0.5,1:0.2 같은 헤드, 단어, 행입니다</translation>
    </message>
    <message>
        <source>injected features can be left out only, as in features:14:off</source>
        <translation>주입되는 특징은 features:14:off처럼 뺄 수만 있습니다</translation>
    </message>
    <message>
        <source>it ends in the number to multiply by, from 0 to 4, as in head=3:0</source>
        <translation>head=3:0처럼 0에서 4까지의 곱할 수로 끝납니다</translation>
    </message>
    <message>
        <source>it is where, at which layers, what and how much, as in cross:8:head=3:0, self:8-11:share=B&apos;&gt;A:2 and features:14:off, or a word, as in word=circle:2</source>
        <translation>cross:8:head=3:0, self:8-11:share=B&apos;&gt;A:2, features:14:off처럼 어디에, 어느 레이어에, 무엇을, 얼마나를 쓰거나 word=circle:2처럼 단어를 씁니다</translation>
    </message>
    <message>
        <source>all cross-attention</source>
        <translation>모든 크로스 어텐션</translation>
    </message>
    <message>
        <source>all self-attention</source>
        <translation>모든 셀프 어텐션</translation>
    </message>
    <message>
        <source>cross-attention %1</source>
        <translation>크로스 어텐션 %1</translation>
    </message>
    <message>
        <source>self-attention %1</source>
        <translation>셀프 어텐션 %1</translation>
    </message>
    <message>
        <source>all features</source>
        <translation>모든 특징</translation>
    </message>
    <message>
        <source>features %1</source>
        <translation>특징 %1</translation>
    </message>
    <message>
        <source>Head %1 of %2, times %3</source>
        <translation>%2의 헤드 %1, %3배</translation>
    </message>
    <message>
        <source>The word &quot;%1&quot; in %2, times %3</source>
        <translation>%2에서 단어 &quot;%1&quot;, %3배</translation>
    </message>
    <message>
        <source>What the box %1 takes from %2, times %3</source>
        <translation>%2에서 상자 %1이(가) 가져오는 것, %3배</translation>
    </message>
    <message>
        <source>How much the box %1 is looked at in %2, times %3</source>
        <translation>%2에서 상자 %1을(를) 보는 정도, %3배</translation>
    </message>
    <message>
        <source>How much %1 looks at %2 in %3, times %4</source>
        <translation>%3에서 %1이(가) %2을(를) 보는 정도, %4배</translation>
    </message>
    <message>
        <source>Nothing is injected at %1</source>
        <translation>%1에 아무것도 주입하지 않음</translation>
    </message>
    <message>
        <source>%1, in the part %2 of the run</source>
        <translation>%1, 실행의 구간 %2에서</translation>
    </message>
    <message>
        <source>its tensor %1 is of another type</source>
        <translation>텐서 %1의 형식이 다릅니다</translation>
    </message>
    <message>
        <source>its tensors do not fit together</source>
        <translation>텐서들이 서로 맞지 않습니다</translation>
    </message>
    <message>
        <source>it has a site of an unknown kind</source>
        <translation>알 수 없는 종류의 자리가 있습니다</translation>
    </message>
    <message>
        <source>The file %1 does not hold what a network held.</source>
        <translation>파일 %1에는 신경망에 있던 것이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>its description</source>
        <translation>그 설명</translation>
    </message>
    <message>
        <source>it is from a newer version of Simile</source>
        <translation>더 새로운 버전의 Simile에서 나온 것입니다</translation>
    </message>
    <message>
        <source>The file %1 is damaged: its description cannot be read.</source>
        <translation>파일 %1이(가) 손상되었습니다: 설명을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 is damaged: %2.</source>
        <translation>파일 %1이(가) 손상되었습니다: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be &quot;%2&quot;: it is %3.</source>
        <translation>%1은(는) &quot;%2&quot;일 수 없습니다. 쓸 수 있는 것: %3.</translation>
    </message>
    <message>
        <source>&quot;off&quot; or layers such as 3:11 or 3:11,13 (the end is not included)</source>
        <translation>&quot;off&quot; 또는 3:11, 3:11,13 같은 레이어(끝은 들어가지 않음)</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>%1부터 %2까지</translation>
    </message>
    <message>
        <source>%1 in steps of %2</source>
        <translation>%1, %2씩</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>on 또는 off</translation>
    </message>
    <message>
        <source>a whole number %1</source>
        <translation>정수 %1</translation>
    </message>
    <message>
        <source>a number %1</source>
        <translation>수 %1</translation>
    </message>
    <message>
        <source>&quot;all&quot; or a span such as 0:25 (the end is not included)</source>
        <translation>&quot;all&quot; 또는 0:25 같은 구간(끝은 들어가지 않음)</translation>
    </message>
    <message>
        <source>layers from 0 to %1, where the end of 3:11 is not included</source>
        <translation>0부터 %1까지의 레이어(3:11의 끝은 들어가지 않음)</translation>
    </message>
    <message>
        <source>The file %1 has PyTorch&apos;s oldest form (a tar archive). Please load it with PyTorch 1.6 or newer and save it again.</source>
        <translation>파일 %1은(는) PyTorch의 가장 오래된 형식(tar)입니다. PyTorch 1.6 이상에서 불러와 다시 저장하십시오.</translation>
    </message>
    <message>
        <source>The file %1 is not a PyTorch checkpoint.</source>
        <translation>파일 %1은(는) PyTorch 체크포인트가 아닙니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a PyTorch checkpoint but %2.</source>
        <translation>파일 %1은(는) PyTorch 체크포인트가 아니라 %2입니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a PyTorch checkpoint: it has %2 entries data.pkl.</source>
        <translation>파일 %1은(는) PyTorch 체크포인트가 아닙니다. data.pkl 항목이 %2개입니다.</translation>
    </message>
    <message>
        <source>has a tensor whose name is no text, %1</source>
        <translation>이름이 텍스트가 아닌 텐서 %1이(가) 있습니다</translation>
    </message>
    <message>
        <source>has the tensor %1 twice</source>
        <translation>텐서 %1이(가) 두 번 있습니다</translation>
    </message>
    <message>
        <source>has a data.pkl of more than %1 bytes</source>
        <translation>data.pkl이 %1바이트보다 큽니다</translation>
    </message>
    <message>
        <source>ends before its storages do, or names one that nothing describes</source>
        <translation>저장소보다 먼저 끝나거나, 어디에도 설명되지 않은 저장소가 있습니다</translation>
    </message>
    <message>
        <source>ends within a storage</source>
        <translation>저장소 안에서 끝납니다</translation>
    </message>
    <message>
        <source>is of a computer with another byte order (big-endian), which is not read</source>
        <translation>바이트 순서가 다른(빅 엔디언) 컴퓨터의 것이라 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>The file %1 %2.</source>
        <translation>파일 %1: %2.</translation>
    </message>
    <message>
        <source>has no weights at its top or under state_dict, model, params_ema or params</source>
        <translation>맨 위에도, state_dict, model, params_ema, params 아래에도 가중치가 없습니다</translation>
    </message>
    <message>
        <source>has sizes of the tensor %1 that are no numbers</source>
        <translation>텐서 %1의 크기가 수가 아닙니다</translation>
    </message>
    <message>
        <source>has the tensor %1 with impossible sizes</source>
        <translation>텐서 %1의 크기가 있을 수 없는 값입니다</translation>
    </message>
    <message>
        <source>describes the tensor %1 in a way that is not known</source>
        <translation>텐서 %1을(를) 알 수 없는 방식으로 설명합니다</translation>
    </message>
    <message>
        <source>has the tensor %1 reach beyond its storage</source>
        <translation>텐서 %1이(가) 저장소를 벗어납니다</translation>
    </message>
    <message>
        <source>has far larger tensors than its own size</source>
        <translation>텐서가 파일 크기보다 훨씬 큽니다</translation>
    </message>
    <message>
        <source>has no storage of %1 elements for the tensor %2</source>
        <translation>텐서 %2을(를) 위한 원소 %1개짜리 저장소가 없습니다</translation>
    </message>
    <message>
        <source>has more than %1 instructions</source>
        <translation>명령이 %1개보다 많습니다</translation>
    </message>
    <message>
        <source>The pickle in the file %1 %2 (at byte %3).</source>
        <translation>파일 %1의 pickle: %2(바이트 %3).</translation>
    </message>
    <message>
        <source>ends too early</source>
        <translation>너무 일찍 끝납니다</translation>
    </message>
    <message>
        <source>piles up too many values</source>
        <translation>값을 너무 많이 쌓습니다</translation>
    </message>
    <message>
        <source>has too many values</source>
        <translation>값이 너무 많습니다</translation>
    </message>
    <message>
        <source>nests values too deeply</source>
        <translation>값을 너무 깊이 중첩합니다</translation>
    </message>
    <message>
        <source>has a text longer than %1 bytes</source>
        <translation>%1바이트보다 긴 텍스트가 있습니다</translation>
    </message>
    <message>
        <source>takes a value where there is none</source>
        <translation>값이 없는 곳에서 값을 꺼냅니다</translation>
    </message>
    <message>
        <source>takes values from a mark where there is none</source>
        <translation>표시가 없는데 표시부터 값을 꺼냅니다</translation>
    </message>
    <message>
        <source>remembers a value under too large a number</source>
        <translation>너무 큰 번호로 값을 기억합니다</translation>
    </message>
    <message>
        <source>recalls a value that it never remembered</source>
        <translation>기억한 적 없는 값을 불러옵니다</translation>
    </message>
    <message>
        <source>adds items to something that takes none</source>
        <translation>항목을 받지 않는 것에 항목을 더합니다</translation>
    </message>
    <message>
        <source>refers to something that is no storage</source>
        <translation>저장소가 아닌 것을 가리킵니다</translation>
    </message>
    <message>
        <source>has a storage of the unknown type %1</source>
        <translation>알 수 없는 형식 %1의 저장소가 있습니다</translation>
    </message>
    <message>
        <source>calls something that is no function</source>
        <translation>함수가 아닌 것을 부릅니다</translation>
    </message>
    <message>
        <source>calls %1 in a way that is not known</source>
        <translation>%1을(를) 알 수 없는 방식으로 부릅니다</translation>
    </message>
    <message>
        <source>makes an object of a kind that is not known</source>
        <translation>알 수 없는 종류의 객체를 만듭니다</translation>
    </message>
    <message>
        <source>gives attributes to a value that has none</source>
        <translation>속성이 없는 값에 속성을 줍니다</translation>
    </message>
    <message>
        <source>uses the instruction %1, which no weights need</source>
        <translation>가중치에는 필요 없는 명령 %1을(를) 씁니다</translation>
    </message>
    <message>
        <source>is of protocol %1, where 2 is expected: please save it again with PyTorch&apos;s usual settings</source>
        <translation>프로토콜이 2가 아니라 %1입니다. PyTorch의 기본 설정으로 다시 저장하십시오</translation>
    </message>
    <message>
        <source>would run %1, which no weights need, and is refused: it may be malicious</source>
        <translation>가중치에는 필요 없는 %1을(를) 실행하려 하므로 거부합니다. 악성일 수 있습니다</translation>
    </message>
    <message>
        <source>holds an object of the kind %1, which no weights need, and is refused: please save the weights alone, as safetensors</source>
        <translation>가중치에는 필요 없는 %1 종류의 객체가 있어 거부합니다. 가중치만 safetensors로 저장하십시오</translation>
    </message>
    <message>
        <source>The file %1 is not a safetensors file but %2.</source>
        <translation>파일 %1은(는) safetensors 파일이 아니라 %2입니다.</translation>
    </message>
    <message>
        <source>The file %1 is truncated or not a safetensors file: it announces a header of %2 bytes and has %3.</source>
        <translation>파일 %1이(가) 잘렸거나 safetensors 파일이 아닙니다. 헤더가 %2바이트라는데 %3바이트뿐입니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a safetensors file: it announces a header of %2 bytes, where 1 to %3 are accepted.</source>
        <translation>파일 %1은(는) safetensors 파일이 아닙니다. 헤더가 %2바이트라는데, 1부터 %3바이트까지만 됩니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a safetensors file: it is empty.</source>
        <translation>파일 %1은(는) safetensors 파일이 아닙니다. 비어 있습니다.</translation>
    </message>
    <message>
        <source>The file %1 is not a safetensors file: it is too short.</source>
        <translation>파일 %1은(는) safetensors 파일이 아닙니다. 너무 짧습니다.</translation>
    </message>
    <message>
        <source>The tensor %1 in the file %2 is of type %3, which is not supported. Please convert it to F32, F16 or BF16.</source>
        <translation>파일 %2의 텐서 %1의 형식 %3은(는) 지원하지 않습니다. F32, F16 또는 BF16으로 변환하십시오.</translation>
    </message>
    <message>
        <source>The file %1 cannot hold a tensor of type %2.</source>
        <translation>파일 %1에는 형식이 %2인 텐서를 담을 수 없습니다.</translation>
    </message>
    <message>
        <source>names %1 twice in one of the header&apos;s objects</source>
        <translation>헤더의 한 객체에 %1이(가) 두 번 나옵니다</translation>
    </message>
    <message>
        <source>is damaged: its header is not valid JSON at byte %1</source>
        <translation>손상되었습니다. 헤더의 바이트 %1이(가) 올바른 JSON이 아닙니다</translation>
    </message>
    <message>
        <source>has a header that describes %1 in a way the format does not allow</source>
        <translation>헤더가 %1을(를) 형식에 맞지 않게 설명합니다</translation>
    </message>
    <message>
        <source>has a header that is nested too deeply</source>
        <translation>헤더가 너무 깊이 중첩되어 있습니다</translation>
    </message>
    <message>
        <source>names the tensor %1 twice</source>
        <translation>텐서 %1이(가) 두 번 나옵니다</translation>
    </message>
    <message>
        <source>names more than %1 tensors</source>
        <translation>텐서가 %1개보다 많습니다</translation>
    </message>
    <message>
        <source>has a tensor with an unusable name, %1</source>
        <translation>텐서의 이름 %1을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>the tensor %1</source>
        <translation>텐서 %1</translation>
    </message>
    <message>
        <source>does not say the %1 of %2</source>
        <translation>%2의 %1이(가) 없습니다</translation>
    </message>
    <message>
        <source>does not give two data_offsets for %1</source>
        <translation>%1의 data_offsets가 두 개가 아닙니다</translation>
    </message>
    <message>
        <source>has %1 of an unknown type, %2</source>
        <translation>%1의 형식 %2을(를) 알 수 없습니다</translation>
    </message>
    <message>
        <source>has %1 of %2 dimensions, more than %3</source>
        <translation>%1이(가) %2차원으로, %3차원보다 큽니다</translation>
    </message>
    <message>
        <source>has %1 of an impossible shape</source>
        <translation>%1의 형상이 있을 수 없는 값입니다</translation>
    </message>
    <message>
        <source>has impossible data_offsets for %1</source>
        <translation>%1의 data_offsets가 있을 수 없는 값입니다</translation>
    </message>
    <message>
        <source>gives %1 bytes to %2, whose shape and type need %3</source>
        <translation>%2에 %1바이트를 주는데, 형상과 형식으로는 %3바이트가 필요합니다</translation>
    </message>
    <message>
        <source>has a hole in its data before the tensor %1</source>
        <translation>텐서 %1 앞의 데이터에 빈 곳이 있습니다</translation>
    </message>
    <message>
        <source>has an overlap in its data before the tensor %1</source>
        <translation>텐서 %1 앞의 데이터가 겹칩니다</translation>
    </message>
    <message>
        <source>is truncated: its header announces %1 bytes and it has %2</source>
        <translation>잘렸습니다. 헤더에는 %1바이트라는데 %2바이트뿐입니다</translation>
    </message>
    <message>
        <source>has %1 bytes too many at its end</source>
        <translation>끝에 %1바이트가 남습니다</translation>
    </message>
    <message>
        <source>is not a safetensors file: its header is not a JSON object</source>
        <translation>safetensors 파일이 아닙니다. 헤더가 JSON 객체가 아닙니다</translation>
    </message>
    <message>
        <source>names the entry %1 twice</source>
        <translation>항목 %1이(가) 두 번 나옵니다</translation>
    </message>
    <message>
        <source>has a directory longer than its entries</source>
        <translation>목록이 항목들보다 깁니다</translation>
    </message>
    <message>
        <source>has entries that overlap</source>
        <translation>항목들이 겹칩니다</translation>
    </message>
    <message>
        <source>The file %1 is not a sound zip archive: it %2.</source>
        <translation>파일 %1은(는) 온전한 zip 압축 파일이 아닙니다: %2.</translation>
    </message>
    <message>
        <source>is one of several volumes</source>
        <translation>여러 권으로 나뉜 것 가운데 하나입니다</translation>
    </message>
    <message>
        <source>has no directory at its end, so it is truncated or something else</source>
        <translation>끝에 목록이 없습니다. 잘렸거나 다른 종류의 파일입니다</translation>
    </message>
    <message>
        <source>points outside itself</source>
        <translation>파일 밖을 가리킵니다</translation>
    </message>
    <message>
        <source>has a damaged directory</source>
        <translation>목록이 손상되었습니다</translation>
    </message>
    <message>
        <source>has more than %1 entries</source>
        <translation>항목이 %1개보다 많습니다</translation>
    </message>
    <message>
        <source>has a directory outside itself</source>
        <translation>목록이 파일 밖에 있습니다</translation>
    </message>
    <message>
        <source>has an entry with an unusable name, %1</source>
        <translation>항목의 이름 %1을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>has an encrypted entry, %1</source>
        <translation>암호화된 항목 %1이(가) 있습니다</translation>
    </message>
    <message>
        <source>has a compressed entry, %1, as PyTorch never writes it</source>
        <translation>PyTorch가 쓰지 않는, 압축된 항목 %1이(가) 있습니다</translation>
    </message>
    <message>
        <source>has the entry %1 outside itself</source>
        <translation>항목 %1이(가) 파일 밖에 있습니다</translation>
    </message>
    <message>
        <source>describes the entry %1 in two ways</source>
        <translation>항목 %1을(를) 두 가지로 설명합니다</translation>
    </message>
    <message>
        <source>Looking into the network</source>
        <translation>신경망을 들여다보는 중</translation>
    </message>
    <message>
        <source>Analogy needs an inpainting model (a UNet with 9 input channels); %1 has %2: choose an inpainting model.</source>
        <translation>유추에는 인페인팅 모델(입력 9채널 UNet)이 필요합니다. %1은(는) %2채널입니다. 인페인팅 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>Cloning</source>
        <translation>클로닝</translation>
    </message>
    <message>
        <source>Masking</source>
        <translation>마스킹</translation>
    </message>
    <message>
        <source>Analogy</source>
        <translation>유추</translation>
    </message>
    <message>
        <source>Make B′ from A, A′ and B, so that A is to A′ as B is to B′.</source>
        <translation>A, A′, B로 B′를 만듭니다. A와 A′의 관계가 B와 B′의 관계가 되도록 합니다.</translation>
    </message>
    <message>
        <source>B′</source>
        <translation>B′</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>The example before</source>
        <translation>바꾸기 전의 예</translation>
    </message>
    <message>
        <source>A′</source>
        <translation>A′</translation>
    </message>
    <message>
        <source>The example after</source>
        <translation>바꾼 뒤의 예</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>The picture to treat likewise</source>
        <translation>같은 식으로 바꿀 이미지</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Letters and arrows, as a vision-language model is shown the grid to find words for B′.</source>
        <translation>글자와 화살표. B′를 나타낼 말을 찾도록 시각 언어 모델에 격자를 보일 때 씁니다.</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>격자</translation>
    </message>
    <message>
        <source>Put A, A′ and B into the grid that Analogy fills.</source>
        <translation>유추가 채우는 격자에 A, A′, B를 넣습니다.</translation>
    </message>
    <message>
        <source>Encoding the pictures</source>
        <translation>이미지를 인코딩하는 중</translation>
    </message>
    <message>
        <source>Strength times steps leaves no step to take: choose a higher strength or more steps.</source>
        <translation>강도 × 단계 수로는 할 단계가 하나도 남지 않습니다. 강도를 높이거나 단계를 늘리십시오.</translation>
    </message>
    <message>
        <source>Pictures and size</source>
        <translation>이미지와 크기</translation>
    </message>
    <message>
        <source>Layers and masking</source>
        <translation>레이어와 마스킹</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>샘플링</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>프롬프트</translation>
    </message>
    <message>
        <source>What B′ shows, in a few words.
Empty: the pictures alone decide.</source>
        <translation>B′에 무엇이 보이는지 몇 단어로 씁니다.
비워 두면 이미지만으로 정합니다.</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>네거티브 프롬프트</translation>
    </message>
    <message>
        <source>What B′ should not look like.
Has no effect at guidance 1.</source>
        <translation>B′가 어떻게 보이지 말아야 하는지 씁니다.
가이던스가 1이면 효과가 없습니다.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Denoising steps of the whole way; strength leaves out the first ones.
Few are quick and rough, more than 50 hardly change anything.
Time grows in proportion.</source>
        <translation>전체 과정의 노이즈 제거 단계 수. 강도에 따라 앞 단계를 건너뜁니다.
적으면 빠르지만 거칠고, 50보다 많아도 거의 달라지지 않습니다.
시간은 비례해서 늘어납니다.</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>가이던스</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed.
Low is loose, high is harsh in colour.
1 leaves the negative prompt out and takes half the time.</source>
        <translation>프롬프트를 얼마나 엄격히 따를지 정합니다.
낮으면 느슨하고, 높으면 색이 거칠어집니다.
1이면 네거티브 프롬프트를 쓰지 않고 시간이 절반만 걸립니다.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>강도</translation>
    </message>
    <message>
        <source>How far B′ may depart from B, which it starts from.
Low keeps B, 1 starts from noise alone.</source>
        <translation>B에서 시작한 B′가 B에서 얼마나 벗어날 수 있는지 정합니다.
낮으면 B를 유지하고, 1이면 노이즈에서만 시작합니다.</translation>
    </message>
    <message>
        <source>Cloning ×</source>
        <translation>클로닝 ×</translation>
    </message>
    <message>
        <source>How strongly the relation of A and B is copied onto A′ and B′.
Low stays with B, high moves to A′; from 1.8 on pictures break.</source>
        <translation>A와 B의 관계를 A′와 B′에 얼마나 강하게 옮길지 정합니다.
낮으면 B에 머물고, 높으면 A′로 갑니다. 1.8부터는 이미지가 깨집니다.</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>후보</translation>
    </message>
    <message>
        <source>How many B′ are made at once, each from a seed of its own.
Time and memory grow in proportion.</source>
        <translation>B′를 한 번에 몇 개 만들지 정합니다. 저마다 시드가 다릅니다.
시간과 메모리가 비례해서 늘어납니다.</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>Which pictures show the same things in the same places.
Where none do, cloning is left off.</source>
        <translation>어느 이미지들이 같은 자리에 같은 것을 보여 주는지 정합니다.
없으면 클로닝을 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>A beside A′</source>
        <translation>A 옆에 A′</translation>
    </message>
    <message>
        <source>A beside B</source>
        <translation>A 옆에 B</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Cloning layers</source>
        <translation>클로닝 레이어</translation>
    </message>
    <message>
        <source>Self-attention cloning: the attention layers, 0 to 15, in which it acts.
The end is not included: 3:11 are 3 to 10. &quot;off&quot; leaves it out.</source>
        <translation>셀프 어텐션 클로닝: 작용하는 어텐션 레이어(0~15).
끝은 들어가지 않습니다: 3:11은 3~10입니다. &quot;off&quot;이면 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Cloning steps</source>
        <translation>클로닝 단계</translation>
    </message>
    <message>
        <source>The steps in which cloning acts, counted from 0.
&quot;all&quot;, or a span: 0:25.</source>
        <translation>클로닝이 작용하는 단계. 0부터 셉니다.
&quot;all&quot; 또는 구간: 0:25.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Masking layers</source>
        <translation>마스킹 레이어</translation>
    </message>
    <message>
        <source>Cross-attention masking: the layers in which the prompt speaks of B′ alone.
The end is not included. &quot;off&quot; leaves it out.</source>
        <translation>크로스 어텐션 마스킹: 프롬프트가 B′에 대해서만 말하는 레이어.
끝은 들어가지 않습니다. &quot;off&quot;이면 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Masking steps</source>
        <translation>마스킹 단계</translation>
    </message>
    <message>
        <source>The steps in which masking acts, counted from 0.
&quot;all&quot;, or a span: 0:25.</source>
        <translation>마스킹이 작용하는 단계. 0부터 셉니다.
&quot;all&quot; 또는 구간: 0:25.</translation>
    </message>
    <message>
        <source>Grid size</source>
        <translation>격자 크기</translation>
    </message>
    <message>
        <source>Side of the whole grid; each picture takes half of it.
Time and memory grow faster than its square.</source>
        <translation>격자 전체의 한 변. 이미지마다 그 절반을 차지합니다.
시간과 메모리는 제곱보다 빨리 늘어납니다.</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>How a picture that is not square is brought into its cell.
B′ comes back in B&apos;s shape (Crop: the rest of B stays around the middle square).</source>
        <translation>정사각형이 아닌 이미지를 칸에 넣는 방법입니다.
B′는 B의 모양으로 나옵니다(자르기: 가운데 정사각형 둘레에 B의 나머지가 남습니다).</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>늘이기</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>여백 채우기</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>White frame</source>
        <translation>흰 테두리</translation>
    </message>
    <message>
        <source>Whether the grid&apos;s white frame is cut off the result.
The original keeps it.</source>
        <translation>결과에서 격자의 흰 테두리를 잘라낼지 정합니다.
원래 프로그램은 남깁니다.</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>잘라내기</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>남기기</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>투명도</translation>
    </message>
    <message>
        <source>The colour under transparent parts and around padded pictures, as #rrggbb.
&quot;drop&quot; ignores transparency, as the original does.</source>
        <translation>투명한 부분 아래와 여백을 채운 이미지 둘레의 색. #rrggbb로 씁니다.
&quot;drop&quot;은 원래 프로그램처럼 투명도를 무시합니다.</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>샘플러</translation>
    </message>
    <message>
        <source>How a step is taken. The paper uses DDIM.</source>
        <translation>한 단계를 가는 방법입니다. 논문은 DDIM을 씁니다.</translation>
    </message>
    <message>
        <source>The model&apos;s own</source>
        <translation>모델의 샘플러</translation>
    </message>
    <message>
        <source>Euler</source>
        <translation>Euler</translation>
    </message>
    <message>
        <source>Euler Karras</source>
        <translation>Euler Karras</translation>
    </message>
    <message>
        <source>Euler ancestral</source>
        <translation>Euler ancestral</translation>
    </message>
    <message>
        <source>DPM++ 2M Karras</source>
        <translation>DPM++ 2M Karras</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE</source>
        <translation>DPM++ 2M SDE</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE Karras</source>
        <translation>DPM++ 2M SDE Karras</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>Whether the autoencoder&apos;s posterior is sampled, as the original does, or its mean is used.</source>
        <translation>오토인코더의 사후 분포에서 원래 프로그램처럼 뽑을지, 평균을 쓸지 정합니다.</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Added to the prompt</source>
        <translation>프롬프트에 덧붙임</translation>
    </message>
    <message>
        <source>Words that are put behind every prompt.</source>
        <translation>모든 프롬프트 뒤에 붙는 단어들입니다.</translation>
    </message>
    <message>
        <source>Long prompts</source>
        <translation>긴 프롬프트</translation>
    </message>
    <message>
        <source>What happens beyond 75 tokens: encoded in chunks, or cut off as in the original.</source>
        <translation>75토큰을 넘으면 묶음으로 나누어 인코딩할지, 원래 프로그램처럼 잘라낼지 정합니다.</translation>
    </message>
    <message>
        <source>Chunks of 75</source>
        <translation>75개씩 묶음</translation>
    </message>
    <message>
        <source>Reference path</source>
        <translation>참조 경로</translation>
    </message>
    <message>
        <source>Edits whole attention matrices as the original does.
The same picture, slower and with more memory.</source>
        <translation>원래 프로그램처럼 어텐션 행렬 전체를 고칩니다.
이미지는 같고, 더 느리며 메모리를 더 씁니다.</translation>
    </message>
    <message>
        <source>Transparency cannot be &quot;%1&quot;: it is a colour such as #ffffff, or &quot;drop&quot;.</source>
        <translation>투명도는 &quot;%1&quot;일 수 없습니다. #ffffff 같은 색이나 &quot;drop&quot;으로 쓰십시오.</translation>
    </message>
    <message>
        <source>Looking at the features</source>
        <translation>특징을 보는 중</translation>
    </message>
    <message>
        <source>There is no step %1 of %2: steps count from 0, the noisiest.</source>
        <translation>단계 %1은(는) 없습니다(모두 %2단계). 단계는 노이즈가 가장 많은 0부터 셉니다.</translation>
    </message>
    <message>
        <source>The components of self-attention&apos;s rows are fitted to each picture alone, as in the paper: leave away the pictures to fit to.</source>
        <translation>셀프 어텐션 행의 성분은 논문처럼 이미지마다 따로 맞춥니다. 맞출 이미지를 빼십시오.</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>What of the network is shown.
Of self-attention, all heads side by side as in the original, or their mean, which takes a fraction of the memory.</source>
        <translation>신경망의 무엇을 보여 줄지 정합니다.
셀프 어텐션은 원래 프로그램처럼 모든 헤드를 나란히 놓거나, 메모리를 훨씬 덜 쓰는 평균으로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Residual blocks count from 0 to 21, self-attention layers from 0 to 15.
The paper shows the blocks 11, 14, 17 and 21; low ones tell figure and ground apart, high ones show edges and texture.</source>
        <translation>잔차 블록은 0부터 21까지, 셀프 어텐션 레이어는 0부터 15까지 셉니다.
논문은 블록 11, 14, 17, 21을 보여 줍니다. 낮은 블록은 물체와 배경을 가르고, 높은 블록은 윤곽과 질감을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>At which step of the sampling; 0 is the noisiest.</source>
        <translation>샘플링의 어느 단계인지 정합니다. 0이 노이즈가 가장 많습니다.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>As large as the source, or a pixel for each cell of the feature map.</source>
        <translation>원본만큼 크게, 또는 특징 맵의 칸마다 한 픽셀로 만듭니다.</translation>
    </message>
    <message>
        <source>As large as the source</source>
        <translation>원본만큼 크게</translation>
    </message>
    <message>
        <source>A pixel per cell</source>
        <translation>칸마다 한 픽셀</translation>
    </message>
    <message>
        <source>Show what the network holds of pictures: principal components, in the same colours for all of them.</source>
        <translation>신경망이 이미지에 대해 담은 것을 보여 줍니다: 주성분을, 모든 이미지에 같은 색으로.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Whose features are shown</source>
        <translation>특징을 볼 이미지</translation>
    </message>
    <message>
        <source>Fitted on</source>
        <translation>맞출 이미지</translation>
    </message>
    <message>
        <source>Pictures that the components are fitted to, in place of those that are shown</source>
        <translation>보여 줄 이미지 대신 성분을 맞출 이미지</translation>
    </message>
    <message>
        <source>The inversion</source>
        <translation>인버전</translation>
    </message>
    <message>
        <source>Inverting the picture</source>
        <translation>이미지를 인버전하는 중</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>되돌아오는 길</translation>
    </message>
    <message>
        <source>Sampling the source back</source>
        <translation>원본을 다시 샘플링하는 중</translation>
    </message>
    <message>
        <source>try precision fp32</source>
        <translation>정밀도 fp32</translation>
    </message>
    <message>
        <source>The inversion brings the source back with %1 dB (PSNR).</source>
        <translation>인버전으로 원본이 %1 dB(PSNR)까지 되살아납니다.</translation>
    </message>
    <message>
        <source>the inversion</source>
        <translation>인버전</translation>
    </message>
    <message>
        <source>the way back</source>
        <translation>되돌아오는 길</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 steps of %3; the next run goes on there.</source>
        <translation>%3의 단계 %1/%2 뒤에 멈췄습니다. 다음 실행은 거기서 이어집니다.</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 steps of %3.</source>
        <translation>%3의 단계 %1/%2 뒤에 멈췄습니다.</translation>
    </message>
    <message>
        <source>Inversion ready: its way back was begun.</source>
        <translation>인버전 준비됨: 되돌아오는 길을 시작했습니다.</translation>
    </message>
    <message>
        <source>Inversion ready: the %1 steps were taken before.</source>
        <translation>인버전 준비됨: %1단계를 이미 마쳤습니다.</translation>
    </message>
    <message>
        <source> 999 bring small details back better.</source>
        <translation> 999단계이면 작은 세부가 더 잘 되살아납니다.</translation>
    </message>
    <message>
        <source>Inversion: %1 of %2 steps were taken before.%3</source>
        <translation>인버전: %2단계 가운데 %1단계를 이미 마쳤습니다.%3</translation>
    </message>
    <message>
        <source>Inversion: %1 steps to take, once for this source.%2</source>
        <translation>인버전: %1단계를 합니다. 이 원본에 한 번만 필요합니다.%2</translation>
    </message>
    <message>
        <source>Inversion and way back ready: their steps, %1 and %2, were taken before.</source>
        <translation>인버전과 되돌아오는 길 준비됨: %1단계와 %2단계를 이미 마쳤습니다.</translation>
    </message>
    <message>
        <source>Way back: %1 of %2 steps were taken before.</source>
        <translation>되돌아오는 길: %2단계 가운데 %1단계를 이미 마쳤습니다.</translation>
    </message>
    <message>
        <source>Way back: %1 steps to take, once for this source.</source>
        <translation>되돌아오는 길: %1단계를 합니다. 이 원본에 한 번만 필요합니다.</translation>
    </message>
    <message>
        <source>The inversion is ready: %1 steps.</source>
        <translation>인버전이 준비되었습니다: %1단계.</translation>
    </message>
    <message>
        <source>The inversion was ready: its %1 steps were taken before.</source>
        <translation>인버전은 준비되어 있었습니다: %1단계를 이미 마쳤습니다.</translation>
    </message>
    <message>
        <source>The inversion and the way back are ready: %1 and %2 steps.</source>
        <translation>인버전과 되돌아오는 길이 준비되었습니다: %1단계와 %2단계.</translation>
    </message>
    <message>
        <source>The inversion and the way back were ready: their %1 and %2 steps were taken before.</source>
        <translation>인버전과 되돌아오는 길은 준비되어 있었습니다: %1단계와 %2단계를 이미 마쳤습니다.</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>반전</translation>
    </message>
    <message>
        <source>Bring a picture to noise ahead of Translate; it is kept for the edits.</source>
        <translation>변환에 앞서 이미지를 노이즈로 가져갑니다. 편집할 때 쓰도록 보관합니다.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Translate needs a source: choose a picture, or say in &quot;Source from a prompt&quot; what is to be made.</source>
        <translation>변환에는 원본이 필요합니다. 이미지를 고르거나 &quot;프롬프트로 만든 원본&quot;에 무엇을 만들지 쓰십시오.</translation>
    </message>
    <message>
        <source>There is no layer %1 of &quot;%2&quot;: %3</source>
        <translation>&quot;%2&quot;에 레이어 %1이(가) 없습니다: %3</translation>
    </message>
    <message>
        <source>residual blocks count from 0 to 21.</source>
        <translation>잔차 블록은 0부터 21까지 셉니다.</translation>
    </message>
    <message>
        <source>self-attention layers count from 0 to 15.</source>
        <translation>셀프 어텐션 레이어는 0부터 15까지 셉니다.</translation>
    </message>
    <message>
        <source>Translate needs a model of %1 noise levels; %2 has %3 (num_train_timesteps). Please choose another model.</source>
        <translation>변환에는 노이즈 수준이 %1개인 모델이 필요한데 %2은(는) %3개입니다(num_train_timesteps). 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>Inversion</source>
        <translation>인버전</translation>
    </message>
    <message>
        <source>Injected layers</source>
        <translation>주입되는 레이어</translation>
    </message>
    <message>
        <source>Negative prompt over the run</source>
        <translation>실행에 따른 네거티브 프롬프트</translation>
    </message>
    <message>
        <source>Pictures and work</source>
        <translation>이미지와 작업</translation>
    </message>
    <message>
        <source>What the picture is to become.
Each line is a prompt of its own and makes a picture; the source&apos;s part of the work is shared.</source>
        <translation>이미지가 무엇이 될지 씁니다.
줄마다 따로 프롬프트가 되어 이미지를 하나씩 만듭니다. 원본에 대한 작업은 함께 씁니다.</translation>
    </message>
    <message>
        <source>What the result should not look like.
Left empty for a source that is made from a prompt, it is that prompt, as in CompVis&apos; program.
Has no effect at guidance 1.</source>
        <translation>결과가 어떻게 보이지 말아야 하는지 씁니다.
프롬프트로 만든 원본에서 비워 두면 CompVis의 프로그램처럼 그 프롬프트가 됩니다.
가이던스가 1이면 효과가 없습니다.</translation>
    </message>
    <message>
        <source>Denoising steps.
Few are quick and rough, more than 50 hardly change anything.
Time grows in proportion.</source>
        <translation>노이즈 제거 단계 수입니다.
적으면 빠르지만 거칠고, 50보다 많아도 거의 달라지지 않습니다.
시간은 비례해서 늘어납니다.</translation>
    </message>
    <message>
        <source>How strictly the prompt is followed.
Low stays near the source&apos;s colours, high is harsh.
1 leaves the negative prompt out and takes half the time.</source>
        <translation>프롬프트를 얼마나 엄격히 따를지 정합니다.
낮으면 원본의 색에 가깝고, 높으면 거칠어집니다.
1이면 네거티브 프롬프트를 쓰지 않고 시간이 절반만 걸립니다.</translation>
    </message>
    <message>
        <source>Features until</source>
        <translation>특징 주입 구간</translation>
    </message>
    <message>
        <source>The part of the run in which the source&apos;s features are injected.
Low lets shapes go, high keeps them.</source>
        <translation>원본의 특징을 주입하는 실행의 구간입니다.
낮으면 형태를 놓아주고, 높으면 유지합니다.</translation>
    </message>
    <message>
        <source>Attention until</source>
        <translation>어텐션 주입 구간</translation>
    </message>
    <message>
        <source>The part of the run in which the source&apos;s queries and keys are injected.
Low lets the layout and fine structure go, high keeps them.</source>
        <translation>원본의 쿼리와 키를 주입하는 실행의 구간입니다.
낮으면 배치와 섬세한 구조를 놓아주고, 높으면 유지합니다.</translation>
    </message>
    <message>
        <source>Feature blocks</source>
        <translation>특징 블록</translation>
    </message>
    <message>
        <source>The residual blocks, 0 to 21 in forward order, whose features are injected.
The paper&apos;s is 14 (the second of up_blocks.1). &quot;off&quot; injects none.</source>
        <translation>특징을 주입하는 잔차 블록(앞에서부터 0~21).
논문은 14(up_blocks.1의 두 번째)입니다. &quot;off&quot;이면 주입하지 않습니다.</translation>
    </message>
    <message>
        <source>Attention layers</source>
        <translation>어텐션 레이어</translation>
    </message>
    <message>
        <source>The self-attention layers, 0 to 15, whose queries and keys are injected.
The end is not included: 8:16 are 8 to 15. &quot;off&quot; injects none.</source>
        <translation>쿼리와 키를 주입하는 셀프 어텐션 레이어(0~15).
끝은 들어가지 않습니다: 8:16은 8~15입니다. &quot;off&quot;이면 주입하지 않습니다.</translation>
    </message>
    <message>
        <source>One step more</source>
        <translation>한 단계 더</translation>
    </message>
    <message>
        <source>Injects in one step more than the two parts say, as CompVis&apos; program does.</source>
        <translation>CompVis의 프로그램처럼 두 구간이 정하는 것보다 한 단계 더 주입합니다.</translation>
    </message>
    <message>
        <source>Share of the empty prompt</source>
        <translation>빈 프롬프트의 비율</translation>
    </message>
    <message>
        <source>What the result is led away from is a mixture of the empty prompt and the negative prompt.
0 is the negative prompt alone, 1 the empty one alone.
In between, a step takes half as long again where there is a negative prompt.</source>
        <translation>결과가 멀어지려는 것은 빈 프롬프트와 네거티브 프롬프트를 섞은 것입니다.
0이면 네거티브 프롬프트만, 1이면 빈 프롬프트만 씁니다.
그 사이이고 네거티브 프롬프트가 있으면 한 단계가 절반만큼 더 걸립니다.</translation>
    </message>
    <message>
        <source>Over the run</source>
        <translation>실행에 따라</translation>
    </message>
    <message>
        <source>With linear, the share of the empty prompt falls to nothing, so the negative prompt comes in as the run goes on.
With exponential it is halved after an eighth of the run and hardly there at the end.
Constant keeps it.</source>
        <translation>선형이면 빈 프롬프트의 비율이 0까지 줄어, 실행이 진행되면서 네거티브 프롬프트가 들어옵니다.
지수이면 실행의 8분의 1 뒤에 절반이 되고 끝에는 거의 없습니다.
일정이면 그대로입니다.</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>일정</translation>
    </message>
    <message>
        <source>Linear: the negative prompt comes in</source>
        <translation>선형: 네거티브 프롬프트가 점점 들어옴</translation>
    </message>
    <message>
        <source>Exponential: it comes in early</source>
        <translation>지수: 일찍 들어옴</translation>
    </message>
    <message>
        <source>Inversion steps</source>
        <translation>인버전 단계</translation>
    </message>
    <message>
        <source>Steps that turn the picture into noise, once for a picture.
999 bring details back best; few are quick and lose some of them.</source>
        <translation>이미지를 노이즈로 바꾸는 단계 수. 이미지마다 한 번입니다.
999이면 세부가 가장 잘 되살아나고, 적으면 빠르지만 일부를 잃습니다.</translation>
    </message>
    <message>
        <source>Caption of the source</source>
        <translation>원본의 설명</translation>
    </message>
    <message>
        <source>What the source shows; helps the inversion. It may be empty.</source>
        <translation>원본에 무엇이 보이는지 쓰면 인버전에 도움이 됩니다. 비워 두어도 됩니다.</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>At which of a step&apos;s two noise levels the network is asked.
The next one: levels 0 to 999, as in diffusers&apos; program. The current one: as in CompVis&apos; program, with steps that divide 999.</source>
        <translation>단계의 두 노이즈 수준 가운데 어디서 신경망에 묻는지 정합니다.
다음 수준: diffusers의 프로그램처럼 0~999. 현재 수준: CompVis의 프로그램처럼, 999를 나누는 단계 수로.</translation>
    </message>
    <message>
        <source>At the next level</source>
        <translation>다음 수준에서</translation>
    </message>
    <message>
        <source>At the current level</source>
        <translation>현재 수준에서</translation>
    </message>
    <message>
        <source>Source features</source>
        <translation>원본의 특징</translation>
    </message>
    <message>
        <source>Where the features of the source come from.
Inversion: from its latents as they are. Way back: the picture is first sampled back from the noise, which takes another pass, once for a picture, and features are taken there.</source>
        <translation>원본의 특징을 어디에서 가져올지 정합니다.
인버전: 그 잠재 변수에서 그대로. 되돌아오는 길: 노이즈에서 이미지를 먼저 다시 샘플링하고(이미지마다 한 번 더 걸립니다) 거기서 특징을 가져옵니다.</translation>
    </message>
    <message>
        <source>Steps of the way back</source>
        <translation>되돌아오는 길의 단계</translation>
    </message>
    <message>
        <source>Only where features come from the way back.
Its grid has to contain the sampling steps.</source>
        <translation>특징을 되돌아오는 길에서 가져올 때만 쓰입니다.
그 격자에 샘플링 단계가 들어 있어야 합니다.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Short side of the picture that the network works on.
The model&apos;s own size is best; time and memory grow with the area and faster.</source>
        <translation>신경망이 작업하는 이미지의 짧은 변입니다.
모델의 크기가 가장 좋습니다. 시간과 메모리는 넓이보다 빨리 늘어납니다.</translation>
    </message>
    <message>
        <source>How the source is brought to that size.</source>
        <translation>원본을 그 크기로 만드는 방법입니다.</translation>
    </message>
    <message>
        <source>Whole, sides of multiples of 8</source>
        <translation>전체, 변은 8의 배수</translation>
    </message>
    <message>
        <source>Whole, as diffusers&apos; program</source>
        <translation>전체, diffusers의 프로그램처럼</translation>
    </message>
    <message>
        <source>Middle square</source>
        <translation>가운데 정사각형</translation>
    </message>
    <message>
        <source>Whether the autoencoder&apos;s posterior is sampled or its mean is used.</source>
        <translation>오토인코더의 사후 분포에서 뽑을지, 평균을 쓸지 정합니다.</translation>
    </message>
    <message>
        <source>What happens beyond 75 tokens: encoded in chunks, or cut off.</source>
        <translation>75토큰을 넘으면 묶음으로 나누어 인코딩할지, 잘라낼지 정합니다.</translation>
    </message>
    <message>
        <source>Source from a prompt</source>
        <translation>프롬프트로 만든 원본</translation>
    </message>
    <message>
        <source>Without a source picture: what the source shows; it is made from the seed.
An empty negative prompt is then replaced by it, as in CompVis&apos; program.
Has no effect where there is a source picture.</source>
        <translation>원본 이미지가 없을 때 원본에 무엇이 보이는지 씁니다. 시드로 만듭니다.
그러면 빈 네거티브 프롬프트는 CompVis의 프로그램처럼 이것이 됩니다.
원본 이미지가 있으면 효과가 없습니다.</translation>
    </message>
    <message>
        <source>Shape of that source</source>
        <translation>그 원본의 모양</translation>
    </message>
    <message>
        <source>Width to height of the source that is made; the short side is the size.</source>
        <translation>만드는 원본의 너비 대 높이. 짧은 변이 크기입니다.</translation>
    </message>
    <message>
        <source>Guidance of that source</source>
        <translation>그 원본의 가이던스</translation>
    </message>
    <message>
        <source>How strictly the source that is made follows its prompt.</source>
        <translation>만드는 원본이 그 프롬프트를 얼마나 엄격히 따를지 정합니다.</translation>
    </message>
    <message>
        <source>Measure the inversion</source>
        <translation>인버전 재기</translation>
    </message>
    <message>
        <source>Samples the source back from its noise and tells how near it comes (PSNR).
Takes as long as the inversion, and nothing where features come from the way back.</source>
        <translation>노이즈에서 원본을 다시 샘플링해 얼마나 가까운지(PSNR) 알려 줍니다.
인버전만큼 걸리고, 특징을 되돌아오는 길에서 가져오면 더 걸리지 않습니다.</translation>
    </message>
    <message>
        <source>Memory for features</source>
        <translation>특징용 메모리</translation>
    </message>
    <message>
        <source>Up to that much, the source&apos;s features stay in memory, and the next edit of the same source takes a quarter less time.</source>
        <translation>여기까지는 원본의 특징을 메모리에 남겨, 같은 원본의 다음 편집이 4분의 1만큼 빨라집니다.</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>Colours to bytes</source>
        <translation>색을 바이트로</translation>
    </message>
    <message>
        <source>To the nearest one, or cut off as the authors&apos; programs do.</source>
        <translation>가장 가까운 값으로, 또는 원래 프로그램처럼 버림합니다.</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>반올림</translation>
    </message>
    <message>
        <source>Computes source and result in one batch and then overwrites, as the original does.
The same picture, slower and with more memory.</source>
        <translation>원래 프로그램처럼 원본과 결과를 한 번에 계산한 다음 덮어씁니다.
이미지는 같고, 더 느리며 메모리를 더 씁니다.</translation>
    </message>
    <message>
        <source>Denoising steps of the translation that this is made for.</source>
        <translation>이것을 쓸 변환의 노이즈 제거 단계 수입니다.</translation>
    </message>
    <message>
        <source>The source is more than %1 times as long as it is wide. Please crop it, or set Fit to the middle square.</source>
        <translation>원본의 긴 변이 짧은 변의 %1배를 넘습니다. 자르거나 맞춤을 가운데 정사각형으로 하십시오.</translation>
    </message>
    <message>
        <source>The source&apos;s features would take %1 GiB and may take %2, so they were not kept for the next edit: it computes them again. Raise &quot;Memory for features&quot; to keep them.</source>
        <translation>원본의 특징이 %1 GiB인데 %2 GiB까지 되므로 다음 편집을 위해 남기지 않았습니다. 다음에는 다시 계산합니다. 남기려면 &quot;특징용 메모리&quot;를 늘리십시오.</translation>
    </message>
    <message>
        <source>Preparing the source</source>
        <translation>원본을 준비하는 중</translation>
    </message>
    <message>
        <source>This is an inpainting model: the whole picture is given to it as the part to fill, with a grey picture beside it. A plain Stable Diffusion model translates better.</source>
        <translation>인페인팅 모델입니다. 이미지 전체를 채울 부분으로 하고 회색 이미지를 곁들여 줍니다. 일반 Stable Diffusion 모델이 더 잘 변환합니다.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>변환</translation>
    </message>
    <message>
        <source>Repaint a picture by a prompt and keep its structure.</source>
        <translation>이미지의 구조를 유지하며 프롬프트로 다시 그립니다.</translation>
    </message>
    <message>
        <source>The picture whose structure is kept</source>
        <translation>구조를 유지할 이미지</translation>
    </message>
    <message>
        <source>Kept inversions</source>
        <translation>보관된 인버전</translation>
    </message>
    <message>
        <source>The inversions of pictures that were translated, so that the next edit of the same picture begins at once.</source>
        <translation>변환한 이미지의 인버전입니다. 같은 이미지의 다음 편집을 바로 시작할 수 있습니다.</translation>
    </message>
    <message>
        <source>feature injection</source>
        <translation>특징 주입</translation>
    </message>
    <message>
        <source>attention injection</source>
        <translation>어텐션 주입</translation>
    </message>
    <message>
        <source>%1 steps of the %2 do not meet the times of %3 sampling steps: take %4.</source>
        <translation>%2의 %1단계가 샘플링 %3단계의 시점과 만나지 않습니다. 쓸 수 있는 것: %4.</translation>
    </message>
    <message>
        <source>way back</source>
        <translation>되돌아오는 길</translation>
    </message>
    <message>
        <source>The inversion ends at the noise level %1 and the way back begins at %2: take 999 steps for both.</source>
        <translation>인버전은 노이즈 수준 %1에서 끝나는데 되돌아오는 길은 %2에서 시작합니다. 둘 다 999단계로 하십시오.</translation>
    </message>
    <message>
        <source>Making the source</source>
        <translation>원본을 만드는 중</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>The file %1 is not a ViT as DINO has it (it has no fitting %2): the weights of facebook/dino-vitb8 are expected.</source>
        <translation>파일 %1은(는) DINO의 ViT가 아닙니다(맞는 %2이(가) 없습니다). facebook/dino-vitb8의 가중치가 필요합니다.</translation>
    </message>
    <message>
        <source>The network in %1 has patches of %2 pixels, and the distance is defined with those of 8: the weights of facebook/dino-vitb8 are expected.</source>
        <translation>%1의 신경망은 패치가 %2픽셀인데 거리는 8픽셀 패치로 정의됩니다. facebook/dino-vitb8의 가중치가 필요합니다.</translation>
    </message>
    <message>
        <source>The network&apos;s %1 channels do not make %2 heads: please put its config.json beside it (%3).</source>
        <translation>신경망의 채널 %1개는 헤드 %2개로 나뉘지 않습니다. 그 config.json을 옆에 두십시오(%3).</translation>
    </message>
    <message>
        <source>The picture is too long for its width (%1): its short side would be less than a patch of 8 pixels.</source>
        <translation>이미지가 너비에 비해 너무 깁니다(%1). 짧은 변이 8픽셀 패치보다 작아집니다.</translation>
    </message>
    <message>
        <source>The pictures have different shapes (%1 and %2): please crop them to the same one.</source>
        <translation>이미지의 모양이 서로 다릅니다(%1, %2). 같은 모양으로 자르십시오.</translation>
    </message>
    <message>
        <source>The structure distance needs the weights of DINO&apos;s ViT-B/8: please get model.safetensors (or pytorch_model.bin) of facebook/dino-vitb8 from huggingface.co and give its path as dino.</source>
        <translation>구조 거리에는 DINO ViT-B/8의 가중치가 필요합니다. huggingface.co에서 facebook/dino-vitb8의 model.safetensors(또는 pytorch_model.bin)를 받아 그 경로를 dino에 정하십시오.</translation>
    </message>
    <message>
        <source>There is no file %1 to load DINO from.</source>
        <translation>DINO를 불러올 파일 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Loading DINO</source>
        <translation>DINO를 불러오는 중</translation>
    </message>
    <message>
        <source>Comparing the structures</source>
        <translation>구조를 비교하는 중</translation>
    </message>
    <message>
        <source>The file %1 is damaged: what the network gives is no number. Please get it again.</source>
        <translation>파일 %1이(가) 손상되었습니다. 신경망이 수가 아닌 것을 냅니다. 다시 구하십시오.</translation>
    </message>
    <message>
        <source>The structure distance is %1 (0: the same).</source>
        <translation>구조 거리는 %1입니다(0: 같음).</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조</translation>
    </message>
    <message>
        <source>Measure how far a picture&apos;s structure is from another&apos;s (DINO&apos;s self-similarity).</source>
        <translation>한 이미지의 구조가 다른 이미지와 얼마나 먼지 잽니다(DINO의 자기 유사도).</translation>
    </message>
    <message>
        <source>The picture made of it</source>
        <translation>원본으로 만든 이미지</translation>
    </message>
    <message>
        <source>File of the network&apos;s weights: facebook/dino-vitb8&apos;s model.safetensors or pytorch_model.bin, its config.json beside it.</source>
        <translation>신경망의 가중치 파일: facebook/dino-vitb8의 model.safetensors나 pytorch_model.bin. config.json을 옆에 둡니다.</translation>
    </message>
    <message>
        <source>Translate takes 1 to %1 steps, not %2.</source>
        <translation>변환의 단계 수는 1부터 %1까지이며, %2은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>soft edges and scribbles (PiDiNet)</source>
        <translation>부드러운 윤곽과 낙서(PiDiNet)</translation>
    </message>
    <message>
        <source>depth and surface directions (DPT-hybrid)</source>
        <translation>깊이와 면의 방향(DPT-hybrid)</translation>
    </message>
    <message>
        <source>poses (OpenPose)</source>
        <translation>자세(OpenPose)</translation>
    </message>
    <message>
        <source>hands (OpenPose)</source>
        <translation>손(OpenPose)</translation>
    </message>
    <message>
        <source>faces (OpenPose)</source>
        <translation>얼굴(OpenPose)</translation>
    </message>
    <message>
        <source>soft edges (HED)</source>
        <translation>부드러운 윤곽(HED)</translation>
    </message>
    <message>
        <source>straight lines (M-LSD)</source>
        <translation>직선(M-LSD)</translation>
    </message>
    <message>
        <source>There is no kind of control map called %1. The kinds are: %2.</source>
        <translation>제어 맵의 종류 %1은(는) 없습니다. 쓸 수 있는 것: %2.</translation>
    </message>
    <message>
        <source>Finding %1</source>
        <translation>%1 찾는 중</translation>
    </message>
    <message>
        <source>Canny edges</source>
        <translation>Canny 윤곽</translation>
    </message>
    <message>
        <source>Scribble (XDoG)</source>
        <translation>낙서(XDoG)</translation>
    </message>
    <message>
        <source>Scribble (PiDiNet, non-commercial)</source>
        <translation>낙서(PiDiNet, 비상업용)</translation>
    </message>
    <message>
        <source>Soft edges (HED)</source>
        <translation>부드러운 윤곽(HED)</translation>
    </message>
    <message>
        <source>Soft edges (PiDiNet, non-commercial)</source>
        <translation>부드러운 윤곽(PiDiNet, 비상업용)</translation>
    </message>
    <message>
        <source>Straight lines (M-LSD)</source>
        <translation>직선(M-LSD)</translation>
    </message>
    <message>
        <source>Depth (DPT-hybrid)</source>
        <translation>깊이(DPT-hybrid)</translation>
    </message>
    <message>
        <source>Surface (DPT-hybrid)</source>
        <translation>면(DPT-hybrid)</translation>
    </message>
    <message>
        <source>Pose (OpenPose, non-commercial)</source>
        <translation>자세(OpenPose, 비상업용)</translation>
    </message>
    <message>
        <source>Pose with hands (OpenPose, non-commercial)</source>
        <translation>자세와 손(OpenPose, 비상업용)</translation>
    </message>
    <message>
        <source>Pose with face (OpenPose, non-commercial)</source>
        <translation>자세와 얼굴(OpenPose, 비상업용)</translation>
    </message>
    <message>
        <source>Pose with hands and face (OpenPose, non-commercial)</source>
        <translation>자세와 손, 얼굴(OpenPose, 비상업용)</translation>
    </message>
    <message>
        <source>None: a finished map</source>
        <translation>없음: 완성된 맵</translation>
    </message>
    <message>
        <source>Maps of the kind %1 come from a network that is for research and other non-commercial use only.</source>
        <translation>%1 종류의 맵은 연구 등 비상업적으로만 쓸 수 있는 신경망이 만듭니다.</translation>
    </message>
    <message>
        <source>Nobody was found in the control picture, so its map is black.</source>
        <translation>제어 이미지에서 사람을 찾지 못해 맵이 검은색입니다.</translation>
    </message>
    <message>
        <source>Nothing was found in the control picture (%1), so its map is black.</source>
        <translation>제어 이미지에서 아무것도 찾지 못해(%1) 맵이 검은색입니다.</translation>
    </message>
    <message>
        <source>The low threshold (%1) is above the high one (%2): exchange them.</source>
        <translation>낮은 문턱값(%1)이 높은 문턱값(%2)보다 큽니다. 서로 바꾸십시오.</translation>
    </message>
    <message>
        <source>What the map keeps of the picture.</source>
        <translation>맵에 이미지의 무엇을 남길지 정합니다.</translation>
    </message>
    <message>
        <source>Canny</source>
        <translation>Canny</translation>
    </message>
    <message>
        <source>Kind of map</source>
        <translation>맵의 종류</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Folder of the networks</source>
        <translation>신경망의 폴더</translation>
    </message>
    <message>
        <source>Holds the published files of the kinds that need a network; empty is simile/annotators in your data folder.</source>
        <translation>신경망이 필요한 종류의 공개된 파일이 있는 폴더. 비워 두면 데이터 폴더의 simile/annotators입니다.</translation>
    </message>
    <message>
        <source>Low threshold</source>
        <translation>낮은 문턱값</translation>
    </message>
    <message>
        <source>An edge goes on where the slope is above this.</source>
        <translation>기울기가 이보다 크면 윤곽이 이어집니다.</translation>
    </message>
    <message>
        <source>High threshold</source>
        <translation>높은 문턱값</translation>
    </message>
    <message>
        <source>An edge begins where the slope is above this.</source>
        <translation>기울기가 이보다 크면 윤곽이 시작됩니다.</translation>
    </message>
    <message>
        <source>Control map</source>
        <translation>제어 맵</translation>
    </message>
    <message>
        <source>Make a control map (edges, lines, depth) from a picture.</source>
        <translation>이미지로 제어 맵(윤곽, 선, 깊이)을 만듭니다.</translation>
    </message>
    <message>
        <source>What the map is made from</source>
        <translation>맵을 만들 이미지</translation>
    </message>
    <message>
        <source>The depth network takes sides that are multiples of 32, not %1 x %2.</source>
        <translation>깊이 신경망은 변이 32의 배수여야 합니다. %1 x %2은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The file %1, the network for %2, is not in the folder %3. Put it there (or the same as safetensors), choose the folder that holds it, or choose another kind of map.</source>
        <translation>%2을(를) 위한 신경망의 파일 %1이(가) 폴더 %3에 없습니다. 거기에 두거나(safetensors도 됩니다), 파일이 있는 폴더를 고르거나, 다른 종류의 맵을 고르십시오.</translation>
    </message>
    <message>
        <source>Loading the network for %1</source>
        <translation>%1을(를) 위한 신경망을 불러오는 중</translation>
    </message>
    <message>
        <source>Finding the face</source>
        <translation>얼굴을 찾는 중</translation>
    </message>
    <message>
        <source>Finding the hands</source>
        <translation>손을 찾는 중</translation>
    </message>
    <message>
        <source>A finished map needs a ControlNet, and none comes with the model: please choose its file as ControlNet, or take the control picture out.</source>
        <translation>완성된 맵에는 ControlNet이 필요한데 모델에 딸린 것이 없습니다. ControlNet으로 그 파일을 고르거나 제어 이미지를 빼십시오.</translation>
    </message>
    <message>
        <source>A control picture needs a ControlNet for its kind of map, and none for &quot;%1&quot; comes with the model: please choose its file as ControlNet, or take the control picture out.</source>
        <translation>제어 이미지에는 그 맵의 종류에 맞는 ControlNet이 필요한데 &quot;%1&quot;용이 모델에 딸려 있지 않습니다. ControlNet으로 그 파일을 고르거나 제어 이미지를 빼십시오.</translation>
    </message>
    <message>
        <source>There are more control pictures than ControlNets: please name one for each, with ; between them, or one for all.</source>
        <translation>제어 이미지가 ControlNet보다 많습니다. ;으로 나누어 하나씩 정하거나, 모두에 쓸 하나를 정하십시오.</translation>
    </message>
    <message>
        <source>Making the control map</source>
        <translation>제어 맵을 만드는 중</translation>
    </message>
    <message>
        <source>The original&apos;s grid of time steps does not exist for %1 steps: it would end beyond the last of %2. Please choose another number, such as 10, 20, 25, 50 or 100.</source>
        <translation>원래 프로그램의 시점 격자는 %1단계에 없습니다. %2의 마지막을 넘게 됩니다. 10, 20, 25, 50, 100 같은 다른 수를 고르십시오.</translation>
    </message>
    <message>
        <source>Width and height follow the picture for Control: %1 × %2.</source>
        <translation>너비와 높이가 제어 이미지를 따릅니다: %1 × %2.</translation>
    </message>
    <message>
        <source>Width and height follow the picture to start from: %1 × %2.</source>
        <translation>너비와 높이가 시작 이미지를 따릅니다: %1 × %2.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Of the result, in steps of 64; set from the control picture where there is one.
Full models are made for 512 and more; less is for small ones.
Time and memory grow faster than the area.</source>
        <translation>결과의 크기, 64씩. 제어 이미지가 있으면 그것에 맞춥니다.
일반 모델은 512 이상을 위한 것이고, 그보다 작은 값은 작은 모델용입니다.
시간과 메모리는 넓이보다 빨리 늘어납니다.</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>인코더</translation>
    </message>
    <message>
        <source>What reads the reference.
SeeCoder sees what is in it and how it looks; meant for use with a control picture. A model that brings its own one uses that.
SeeCoder-PA also sees where things are, so layouts hold without a control picture.
SeeCoder-Anime is trained on drawings and goes with drawing models; it needs anime_ug.pth beside it.</source>
        <translation>참조를 읽는 것입니다.
SeeCoder는 무엇이 있고 어떻게 보이는지 봅니다. 제어 이미지와 함께 쓰는 것입니다. 모델이 자기 것을 가지고 있으면 그것을 씁니다.
SeeCoder-PA는 어디에 있는지도 보므로 제어 이미지 없이도 배치가 유지됩니다.
SeeCoder-Anime은 그림으로 학습했으며 그림 모델에 어울립니다. 옆에 anime_ug.pth가 필요합니다.</translation>
    </message>
    <message>
        <source>SeeCoder: content and style</source>
        <translation>SeeCoder: 내용과 화풍</translation>
    </message>
    <message>
        <source>SeeCoder-PA: and where things are</source>
        <translation>SeeCoder-PA: 위치까지</translation>
    </message>
    <message>
        <source>SeeCoder-Anime: for drawings</source>
        <translation>SeeCoder-Anime: 그림용</translation>
    </message>
    <message>
        <source>How strictly the reference is followed.
Low is loose, above 3 colours grow harsh.
1 takes about half the time.</source>
        <translation>참조를 얼마나 엄격히 따를지 정합니다.
낮으면 느슨하고, 3을 넘으면 색이 거칠어집니다.
1이면 시간이 절반쯤 걸립니다.</translation>
    </message>
    <message>
        <source>Denoising steps. Few are quick and rough.
The original&apos;s grid may take one or a few more (30 are 31), and has none for some numbers.
Time grows in proportion.</source>
        <translation>노이즈 제거 단계 수. 적으면 빠르지만 거칩니다.
원래 프로그램의 격자는 하나나 몇 단계 더 갈 수 있고(30은 31), 어떤 수에는 없습니다.
시간은 비례해서 늘어납니다.</translation>
    </message>
    <message>
        <source>How far the result may depart from the picture it starts from, if there is one.
Low keeps it, 1 starts from noise alone.</source>
        <translation>시작 이미지가 있을 때 결과가 거기서 얼마나 벗어날 수 있는지 정합니다.
낮으면 유지하고, 1이면 노이즈에서만 시작합니다.</translation>
    </message>
    <message>
        <source>How many pictures are made at once, each from a seed of its own.
Time and memory grow in proportion.</source>
        <translation>이미지를 한 번에 몇 개 만들지 정합니다. 저마다 시드가 다릅니다.
시간과 메모리가 비례해서 늘어납니다.</translation>
    </message>
    <message>
        <source>Mixing</source>
        <translation>섞기</translation>
    </message>
    <message>
        <source>What is done with several references.
In a row: the network chooses from each. Average: a blend of all.</source>
        <translation>참조가 여럿일 때 어떻게 할지 정합니다.
줄지어: 신경망이 각각에서 고릅니다. 평균: 모두를 섞습니다.</translation>
    </message>
    <message>
        <source>In a row</source>
        <translation>줄지어</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Added text</source>
        <translation>덧붙이는 텍스트</translation>
    </message>
    <message>
        <source>A few words put behind what the references say, with a model that understands text.
Empty: the references alone decide.</source>
        <translation>텍스트를 이해하는 모델에서, 참조가 말하는 것 뒤에 붙이는 몇 단어입니다.
비워 두면 참조만으로 정합니다.</translation>
    </message>
    <message>
        <source>File or folder of the ControlNet for the control picture; for several, one each, with ; between them. One alone serves all.
Empty: the one that comes with the model (the default model has one for canny edges).</source>
        <translation>제어 이미지를 위한 ControlNet의 파일이나 폴더. 여럿이면 ;으로 나누어 하나씩 씁니다. 하나만 쓰면 모두에 쓰입니다.
비워 두면 모델에 딸린 것입니다(기본 모델에는 Canny 윤곽용이 있습니다).</translation>
    </message>
    <message>
        <source>SeeCoder file</source>
        <translation>SeeCoder 파일</translation>
    </message>
    <message>
        <source>File or folder of another SeeCoder than the one the encoder&apos;s name stands for.</source>
        <translation>인코더 이름이 뜻하는 것이 아닌 다른 SeeCoder의 파일이나 폴더.</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>File or folder of an autoencoder (VAE) in place of the model&apos;s own. A UNet without one needs it.</source>
        <translation>모델의 것 대신 쓸 오토인코더(VAE)의 파일이나 폴더. 오토인코더가 없는 UNet에 필요합니다.</translation>
    </message>
    <message>
        <source>Map networks</source>
        <translation>맵 신경망</translation>
    </message>
    <message>
        <source>Folder of the networks that make control maps. Empty: the usual place.</source>
        <translation>제어 맵을 만드는 신경망의 폴더. 비워 두면 보통 자리입니다.</translation>
    </message>
    <message>
        <source>Guess mode</source>
        <translation>추측 모드</translation>
    </message>
    <message>
        <source>Control acts on the guided half alone, and most on the whole picture&apos;s layout.</source>
        <translation>제어가 가이던스 쪽 절반에만, 주로 이미지 전체의 배치에 작용합니다.</translation>
    </message>
    <message>
        <source>Half schedule</source>
        <translation>반정밀도 스케줄</translation>
    </message>
    <message>
        <source>Rounds the noise levels to half precision, as the original program does.</source>
        <translation>원래 프로그램처럼 노이즈 수준을 반정밀도로 반올림합니다.</translation>
    </message>
    <message>
        <source>To the nearest one, or cut off as the authors&apos; program does.</source>
        <translation>가장 가까운 값으로, 또는 원래 프로그램처럼 버림합니다.</translation>
    </message>
    <message>
        <source>What transparent parts of the pictures are: white, or whatever colours are hidden there, as in the original program.</source>
        <translation>이미지의 투명한 부분을 흰색으로 할지, 원래 프로그램처럼 그 아래 숨은 색으로 할지 정합니다.</translation>
    </message>
    <message>
        <source>White</source>
        <translation>흰색</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>무시</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>참조</translation>
    </message>
    <message>
        <source>The picture whose content and look the result takes, in place of a prompt</source>
        <translation>프롬프트 대신, 결과가 그 내용과 모습을 가져올 이미지</translation>
    </message>
    <message>
        <source>References</source>
        <translation>참조</translation>
    </message>
    <message>
        <source>The picture whose structure the result takes (needs a ControlNet)</source>
        <translation>결과가 그 구조를 가져올 이미지(ControlNet이 필요합니다)</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작 이미지</translation>
    </message>
    <message>
        <source>The picture that the result starts from</source>
        <translation>결과가 시작하는 이미지</translation>
    </message>
    <message>
        <source>Start and mask</source>
        <translation>시작과 마스크</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>What of the start picture is painted anew (white)</source>
        <translation>시작 이미지에서 새로 그릴 곳(흰색)</translation>
    </message>
    <message>
        <source>A mask needs a picture to start from: please load one, or take the mask out.</source>
        <translation>마스크에는 시작 이미지가 필요합니다. 이미지를 불러오거나 마스크를 빼십시오.</translation>
    </message>
    <message>
        <source>Prompt-free needs a model with 4 or 9 input channels; %1 has %2. Please choose another model.</source>
        <translation>프롬프트 없이에는 입력 4 또는 9채널 모델이 필요합니다. %1은(는) %2채널입니다. 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>Prompt-free needs a Stable Diffusion 1.x model, because SeeCoder speaks its language (768 features); %1 takes %2. Please choose another model.</source>
        <translation>SeeCoder가 쓰는 특징이 768개이므로 프롬프트 없이에는 Stable Diffusion 1.x 모델이 필요합니다. %1은(는) %2개를 받습니다. 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>The picture for %1 is transparent in parts: they are taken as white.</source>
        <translation>%1의 이미지에 투명한 부분이 있어 흰색으로 다룹니다.</translation>
    </message>
    <message>
        <source>The picture for %1 (%2 x %3) is stretched to the result&apos;s %4 x %5.</source>
        <translation>%1의 이미지(%2 x %3)를 결과의 크기 %4 x %5(으)로 늘립니다.</translation>
    </message>
    <message>
        <source>The file %1 looks like a SeeCoder-Anime: choose that as the encoder, so that guidance leads away from what anime_ug.pth holds.</source>
        <translation>파일 %1은(는) SeeCoder-Anime 같습니다. 그것을 인코더로 고르면 가이던스가 anime_ug.pth에 담긴 것에서 멀어집니다.</translation>
    </message>
    <message>
        <source>The original&apos;s grid of time steps makes %1 steps of %2.</source>
        <translation>원래 프로그램의 시점 격자는 %2단계를 %1단계로 만듭니다.</translation>
    </message>
    <message>
        <source>Prompt-free</source>
        <translation>프롬프트 없이</translation>
    </message>
    <message>
        <source>Make a picture from a reference picture in place of a prompt.</source>
        <translation>프롬프트 대신 참조 이미지로 이미지를 만듭니다.</translation>
    </message>
    <message>
        <source>The SeeCoder %1 gives tokens of %2 features and the model %3 takes %4: they do not belong together. Please choose another model or encoder.</source>
        <translation>SeeCoder %1의 토큰은 특징이 %2개인데 모델 %3은(는) %4개를 받습니다. 서로 맞지 않습니다. 다른 모델이나 인코더를 고르십시오.</translation>
    </message>
    <message>
        <source>Reading the reference</source>
        <translation>참조를 읽는 중</translation>
    </message>
    <message>
        <source>The file %1, which reads the reference, is not in %2. Please put the published file there, or name another as SeeCoder file.</source>
        <translation>참조를 읽는 파일 %1이(가) %2에 없습니다. 공개된 파일을 거기에 두거나 다른 파일을 SeeCoder 파일로 정하십시오.</translation>
    </message>
    <message>
        <source>All references have the weight 0. Please give one of them more.</source>
        <translation>모든 참조의 가중치가 0입니다. 하나는 더 크게 하십시오.</translation>
    </message>
    <message>
        <source>The references&apos; weights add up to nothing. Please give one of them more.</source>
        <translation>참조의 가중치를 더하면 0입니다. 하나는 더 크게 하십시오.</translation>
    </message>
    <message>
        <source>The file %1 is missing: SeeCoder-Anime needs it for what guidance leads away from. Please put anime_ug.pth of the published program there, or set guidance to 1.</source>
        <translation>파일 %1이(가) 없습니다. SeeCoder-Anime의 가이던스가 멀어지려면 필요합니다. 공개된 프로그램의 anime_ug.pth를 거기에 두거나 가이던스를 1로 하십시오.</translation>
    </message>
    <message>
        <source>The file %1 is not the anime_ug.pth that is expected.</source>
        <translation>파일 %1은(는) 필요한 anime_ug.pth가 아닙니다.</translation>
    </message>
    <message>
        <source>The model %1 has no text encoder, so it understands no added text. Please clear the added text, or choose another model.</source>
        <translation>모델 %1에 텍스트 인코더가 없어 덧붙이는 텍스트를 이해하지 못합니다. 그 텍스트를 지우거나 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 is for models with a context of 768 features.</source>
        <translation>파일 %1은(는) 컨텍스트의 특징이 768개인 모델을 위한 것입니다.</translation>
    </message>
    <message>
        <source>There is no file or folder %1 to load a SeeCoder from.</source>
        <translation>SeeCoder를 불러올 파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The folder %1 holds %2 .safetensors files, where the one of a SeeCoder is expected. Please choose a file.</source>
        <translation>폴더 %1에 .safetensors 파일이 %2개 있는데, SeeCoder의 것 하나여야 합니다. 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 %2, where a SeeCoder is expected. Please choose a SeeCoder file.</source>
        <translation>파일 %1은(는) %2. SeeCoder가 필요한 자리입니다. SeeCoder 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>SeeCoder</source>
        <translation>SeeCoder</translation>
    </message>
    <message>
        <source>Converting %1</source>
        <translation>%1을(를) 변환하는 중</translation>
    </message>
    <message>
        <source>A seed is a whole number below 2^64.</source>
        <translation>시드는 2^64보다 작은 정수입니다.</translation>
    </message>
    <message>
        <source> May be given several times.</source>
        <translation> 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The file to write: .png (which carries how it was made), .jpg, .webp or .tif.</source>
        <translation>쓸 파일: .png(어떻게 만들었는지 담습니다), .jpg, .webp 또는 .tif.</translation>
    </message>
    <message>
        <source>Where to write the numbers that are made besides pictures, if any.</source>
        <translation>이미지 외에 만들어지는 수를 쓸 파일.</translation>
    </message>
    <message>
        <source>A model&apos;s folder or file. [the one that is shipped]</source>
        <translation>모델의 폴더나 파일. [프로그램에 딸린 모델]</translation>
    </message>
    <message>
        <source>Of the networks. [auto]</source>
        <translation>신경망의 정밀도. [auto]</translation>
    </message>
    <message>
        <source>What the model&apos;s UNet predicts, where a guess by its weights is wrong. [auto]</source>
        <translation>모델의 UNet이 예측하는 것. 가중치로 본 추측이 틀릴 때 정합니다. [auto]</translation>
    </message>
    <message>
        <source>A LoRA to add to the model, and how much of it. May be given several times.</source>
        <translation>모델에 더할 LoRA와 그 양. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The same seed gives the same picture. [42]</source>
        <translation>시드가 같으면 이미지도 같습니다. [42]</translation>
    </message>
    <message>
        <source>Stored noise by name, in place of the seed&apos;s.</source>
        <translation>시드로 만든 노이즈 대신 쓸, 이름으로 저장된 노이즈.</translation>
    </message>
    <message>
        <source>How much the PNG tells of how it was made. [full]</source>
        <translation>PNG가 만들어진 과정을 얼마나 알려 줄지. [full]</translation>
    </message>
    <message>
        <source>A change inside the network, such as cross:8:head=3:0, word=circle:2:0-0.5 or self:8-11:rows=0,0,0.5,1:0.2. May be given several times.</source>
        <translation>신경망 안의 변경. 예: cross:8:head=3:0, word=circle:2:0-0.5, self:8-11:rows=0,0,0.5,1:0.2. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>A session to add the run to, also while a window has it open. [none]</source>
        <translation>실행을 더할 세션. 창에 열려 있어도 됩니다. [없음]</translation>
    </message>
    <message>
        <source>With --each: lists what would be made, no more.</source>
        <translation>--each와 함께: 만들 것을 보여 주기만 합니다.</translation>
    </message>
    <message>
        <source>Progress and result as JSON, an object a line.</source>
        <translation>진행 상황과 결과를 JSON으로, 한 줄에 객체 하나씩 씁니다.</translation>
    </message>
    <message>
        <source>%1 takes one picture: give it once.</source>
        <translation>%1은(는) 이미지를 하나만 받습니다. 한 번만 쓰십시오.</translation>
    </message>
    <message>
        <source>%1 is taken from the folder: give either a picture or --each.</source>
        <translation>%1은(는) 폴더에서 가져옵니다. 이미지와 --each 가운데 하나만 쓰십시오.</translation>
    </message>
    <message>
        <source>--dry-run lists the pictures of a folder: give that with --each.</source>
        <translation>--dry-run은 폴더의 이미지를 보여 줍니다. --each와 함께 쓰십시오.</translation>
    </message>
    <message>
        <source>Simile edits pictures by example. Without a command it opens its window.</source>
        <translation>Simile는 예시를 보여 이미지를 편집합니다. 명령 없이 실행하면 창이 열립니다.</translation>
    </message>
    <message>
        <source>Open another window. Without it, one that is open already takes the files.</source>
        <translation>다른 창을 엽니다. 이것이 없으면 이미 열린 창이 파일을 받습니다.</translation>
    </message>
    <message>
        <source>Say how two pictures of the same size differ: in numbers and, of pictures of ours, in how they were made.</source>
        <translation>크기가 같은 두 이미지가 어떻게 다른지 수로 알려 줍니다. 이 프로그램의 이미지라면 만든 방법의 차이도 알려 줍니다.</translation>
    </message>
    <message>
        <source>A picture.</source>
        <translation>이미지.</translation>
    </message>
    <message>
        <source>Another one.</source>
        <translation>다른 이미지.</translation>
    </message>
    <message>
        <source>The PNG file for a picture of the difference. [none]</source>
        <translation>차이를 그린 PNG 파일. [없음]</translation>
    </message>
    <message>
        <source>What differences are multiplied by in it. [4]</source>
        <translation>그 이미지에서 차이에 곱할 수. [4]</translation>
    </message>
    <message>
        <source>How large differences are, on black. [signed, on grey: brighter is more]</source>
        <translation>차이의 크기를 검은 바탕에. [회색 바탕에 부호까지: 밝으면 더 큽니다]</translation>
    </message>
    <message>
        <source>The numbers as JSON.</source>
        <translation>수를 JSON으로.</translation>
    </message>
    <message>
        <source>Make a picture of ours again and say whether it comes out the same.</source>
        <translation>이 프로그램의 이미지를 다시 만들어 똑같이 나오는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>The PNG file.</source>
        <translation>PNG 파일.</translation>
    </message>
    <message>
        <source>Its model. [a known one with the same hash]</source>
        <translation>그 모델. [해시가 같은, 알려진 모델]</translation>
    </message>
    <message>
        <source>The stored noise that it was made with.</source>
        <translation>만들 때 쓴, 저장된 노이즈.</translation>
    </message>
    <message>
        <source>A picture that went in and is not in the file.</source>
        <translation>넣었지만 파일에 들어 있지 않은 이미지.</translation>
    </message>
    <message>
        <source>A file that was a value of a setting.</source>
        <translation>설정의 값이었던 파일.</translation>
    </message>
    <message>
        <source>A LoRA&apos;s file. [a known one with the same hash]</source>
        <translation>LoRA의 파일. [해시가 같은, 알려진 것]</translation>
    </message>
    <message>
        <source>cpu, cuda, cuda:1 ... [as then]</source>
        <translation>cpu, cuda, cuda:1 ... [만들 때와 같은 것]</translation>
    </message>
    <message>
        <source>Ends with 0 where all latents are equal and with 6 where they are not.</source>
        <translation>모든 잠재 변수가 같으면 0, 다르면 6으로 끝납니다.</translation>
    </message>
    <message>
        <source>Say what models are.</source>
        <translation>모델이 무엇인지 알려 줍니다.</translation>
    </message>
    <message>
        <source>Folders or files. [those that are known]</source>
        <translation>폴더나 파일. [알려진 것들]</translation>
    </message>
    <message>
        <source>Load each of them.</source>
        <translation>하나하나 불러 봅니다.</translation>
    </message>
    <message>
        <source>An object a line.</source>
        <translation>한 줄에 객체 하나씩.</translation>
    </message>
    <message>
        <source>List the runs of a session.</source>
        <translation>세션의 실행을 나열합니다.</translation>
    </message>
    <message>
        <source>Its file. [the window&apos;s last one]</source>
        <translation>그 파일. [창의 마지막 세션]</translation>
    </message>
    <message>
        <source>Write a copy of the session to pass on, without the places of models and files.</source>
        <translation>남에게 건넬 세션의 복사본을 씁니다. 모델과 파일의 위치는 빠집니다.</translation>
    </message>
    <message>
        <source>Go on with a run of a session that was stopped.</source>
        <translation>멈춘 세션의 실행을 이어 갑니다.</translation>
    </message>
    <message>
        <source>Its file.</source>
        <translation>그 파일.</translation>
    </message>
    <message>
        <source>Its number in the list. [the last unfinished one]</source>
        <translation>목록에서의 번호. [끝나지 않은 마지막 실행]</translation>
    </message>
    <message>
        <source>The PNG file to write. [none]</source>
        <translation>쓸 PNG 파일. [없음]</translation>
    </message>
    <message>
        <source>There is no precision &quot;%1&quot;. There are: %2.</source>
        <translation>정밀도 &quot;%1&quot;은(는) 없습니다. 쓸 수 있는 것: %2.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>중지되었습니다.</translation>
    </message>
    <message>
        <source>There is no model %1.</source>
        <translation>모델 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Only a PNG carries how it was made, so this file does not.</source>
        <translation>어떻게 만들었는지는 PNG만 담으므로 이 파일에는 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read.</source>
        <translation>폴더 %1을(를) 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>There are no pictures in %1.</source>
        <translation>%1에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>%1 is there already and was not made so: choose another folder.</source>
        <translation>%1이(가) 이미 있는데 그렇게 만든 것이 아닙니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>It stops here.</source>
        <translation>여기서 멈춥니다.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>폴더 %1을(를) 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>The history of this session cannot be read: %1</source>
        <translation>이 세션의 편집 기록을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>There is not enough memory for this: a smaller size, fewer candidates or another precision needs less.</source>
        <translation>메모리가 모자랍니다. 더 작은 크기, 더 적은 후보 또는 다른 정밀도로 하면 덜 듭니다.</translation>
    </message>
    <message>
        <source>Something failed that gave no reason.</source>
        <translation>이유를 알 수 없는 실패가 있었습니다.</translation>
    </message>
    <message>
        <source>There is no run %1: the session has %2.</source>
        <translation>실행 %1은(는) 없습니다. 세션에 %2개 있습니다.</translation>
    </message>
    <message>
        <source>No run of %1 is unfinished: give the number of one.</source>
        <translation>%1에 끝나지 않은 실행이 없습니다. 번호를 쓰십시오.</translation>
    </message>
    <message>
        <source>The run was made with &quot;%1&quot;, which this program does not have.</source>
        <translation>이 실행은 &quot;%1&quot;(으)로 만들었는데, 이 프로그램에는 그것이 없습니다.</translation>
    </message>
    <message>
        <source>Stopped: the session has what was done.</source>
        <translation>중지되었습니다. 그때까지 한 것은 세션에 있습니다.</translation>
    </message>
    <message>
        <source>There is no word &quot;%1&quot; here, as the prompt is empty: give the number of a token.</source>
        <translation>프롬프트가 비어 있어 단어 &quot;%1&quot;이(가) 없습니다. 토큰의 번호를 쓰십시오.</translation>
    </message>
    <message>
        <source>There is no word &quot;%1&quot; in the prompt, which is:%2.</source>
        <translation>프롬프트에 단어 &quot;%1&quot;이(가) 없습니다. 프롬프트:%2.</translation>
    </message>
    <message>
        <source>Numbers are written as a safetensors file: end the name %1 with .safetensors.</source>
        <translation>수는 safetensors 파일로 씁니다. 이름 %1이(가) .safetensors로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>There is no folder %1 to write into.</source>
        <translation>쓸 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Stopped: nothing was written.</source>
        <translation>중지되었습니다. 아무것도 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>The run has no step to look at.</source>
        <translation>이 실행에는 볼 단계가 없습니다.</translation>
    </message>
    <message>
        <source>This run has no source to look at: leave --source away.</source>
        <translation>이 실행에는 볼 원본이 없습니다. --source를 빼십시오.</translation>
    </message>
    <message>
        <source>Computing step %1 again</source>
        <translation>단계 %1을(를) 다시 계산하는 중</translation>
    </message>
    <message>
        <source>The place %1,%2 lies outside the picture, which has %3 x %4 pixels.</source>
        <translation>%1,%2은(는) %3 x %4 픽셀인 이미지 밖에 있습니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no place in pixels: it is given as %2.</source>
        <translation>&quot;%1&quot;은(는) 픽셀로 나타낸 자리가 아닙니다. %2(으)로 씁니다.</translation>
    </message>
    <message>
        <source>--layer</source>
        <translation>--layer</translation>
    </message>
    <message>
        <source>There is no layer in &quot;%1&quot;: give a number, some such as 3:11 (the end is not included), or all.</source>
        <translation>&quot;%1&quot;에 레이어가 없습니다. 번호 하나, 3:11처럼 여러 개(끝은 들어가지 않음), 또는 all로 쓰십시오.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no step: give a number, 0 for the noisiest, or all.</source>
        <translation>&quot;%1&quot;은(는) 단계가 아닙니다. 번호(0이 노이즈가 가장 많음)나 all로 쓰십시오.</translation>
    </message>
    <message>
        <source>%1 does not say what is to be written: end it with .png, .webp (an animation over the steps), .npy, .csv (curves), or with / for a folder.</source>
        <translation>%1(으)로는 무엇을 쓸지 알 수 없습니다. .png, .webp(단계의 애니메이션), .npy, .csv(곡선), 또는 폴더라면 /로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>%1 says nothing for %2.</source>
        <translation>%2에는 %1이(가) 쓰이지 않습니다.</translation>
    </message>
    <message>
        <source>Which one? Give %1 with %2.</source>
        <translation>어느 것입니까? %2에는 %1을(를) 쓰십시오.</translation>
    </message>
    <message>
        <source>Of %1 there are no curves: choose another ending than .csv.</source>
        <translation>%1에는 곡선이 없습니다. .csv가 아닌 다른 것으로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>--pixel or --box</source>
        <translation>--pixel 또는 --box</translation>
    </message>
    <message>
        <source>%1 at all steps is more than one map: choose a step, a folder or a .webp file.</source>
        <translation>모든 단계의 %1은(는) 맵이 여러 개입니다. 단계, 폴더 또는 .webp 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 of several layers is more than one map: choose a layer, or a folder to write into.</source>
        <translation>여러 레이어의 %1은(는) 맵이 여러 개입니다. 레이어나 쓸 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The box &quot;%1&quot; is empty: it is given as X,Y,WIDTH,HEIGHT.</source>
        <translation>상자 &quot;%1&quot;이(가) 비어 있습니다. X,Y,WIDTH,HEIGHT로 씁니다.</translation>
    </message>
    <message>
        <source>Look into the network: run a saved picture&apos;s request again, and write maps of what it held.</source>
        <translation>신경망 안을 들여다봅니다: 저장된 이미지의 실행을 다시 하고, 신경망에 있던 것의 맵을 씁니다.</translation>
    </message>
    <message>
        <source>A PNG that this program saved, with its input pictures.</source>
        <translation>이 프로그램이 입력 이미지까지 담아 저장한 PNG.</translation>
    </message>
    <message>
        <source>What is looked at.</source>
        <translation>무엇을 볼지.</translation>
    </message>
    <message>
        <source>A .png or .npy file (attention of several layers or steps is their mean), a .webp file (an animation over the steps), a .csv file (curves of entropy or shares), or a folder, with / at its end (a file for each layer and step).</source>
        <translation>.png 또는 .npy 파일(여러 레이어나 단계의 어텐션은 평균), .webp 파일(단계의 애니메이션), .csv 파일(엔트로피나 비율의 곡선), 또는 /로 끝나는 폴더(레이어와 단계마다 파일 하나).</translation>
    </message>
    <message>
        <source>A number, some such as 3:11, or all; they count from 0. [all]</source>
        <translation>번호 하나, 3:11처럼 여러 개, 또는 all. 0부터 셉니다. [all]</translation>
    </message>
    <message>
        <source>A number, 0 is the noisiest, or all. [all]</source>
        <translation>번호(0이 노이즈가 가장 많음) 또는 all. [all]</translation>
    </message>
    <message>
        <source>One head. [the mean of all]</source>
        <translation>헤드 하나. [모두의 평균]</translation>
    </message>
    <message>
        <source>A word of the prompt, or the number of a token. May be given several times.</source>
        <translation>프롬프트의 단어나 토큰의 번호. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>A place in the picture that the network makes, of an analogy in the grid. May be given several times.</source>
        <translation>신경망이 만드는 이미지(유추라면 격자)의 한 곳. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The mean over a box. May be given several times.</source>
        <translation>상자 안의 평균. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Who attends to the place, in place of where it attends.</source>
        <translation>그곳이 어디를 보는지 대신, 누가 그곳을 보는지.</translation>
    </message>
    <message>
        <source>Multiply by the matrices of self-attention so often, 1 to 16. [0]</source>
        <translation>셀프 어텐션의 행렬을 몇 번 곱할지, 1~16. [0]</translation>
    </message>
    <message>
        <source>Of features, queries, keys, noise and latents. [0]</source>
        <translation>특징, 쿼리, 키, 노이즈, 잠재 변수의 것. [0]</translation>
    </message>
    <message>
        <source>From 1. [that of the picture]</source>
        <translation>1부터. [이미지의 것]</translation>
    </message>
    <message>
        <source>The half that guidance leads away from.</source>
        <translation>가이던스가 멀어지려는 쪽.</translation>
    </message>
    <message>
        <source>The source of a translation.</source>
        <translation>변환의 원본.</translation>
    </message>
    <message>
        <source>Leave parts of the method out, such as cloning or masking, to see what they do.</source>
        <translation>클로닝이나 마스킹 같은 방법의 부분을 빼고, 그것이 무엇을 하는지 봅니다.</translation>
    </message>
    <message>
        <source>Fit principal components to each step, as the paper does. [to all steps]</source>
        <translation>논문처럼 주성분을 단계마다 맞춥니다. [모든 단계에]</translation>
    </message>
    <message>
        <source>Of the maps. [auto]</source>
        <translation>맵의 색. [auto]</translation>
    </message>
    <message>
        <source>A pixel for each cell. [as large as the picture]</source>
        <translation>칸마다 한 픽셀. [이미지만큼 크게]</translation>
    </message>
    <message>
        <source>Where to write all numbers.</source>
        <translation>모든 수를 쓸 파일.</translation>
    </message>
    <message>
        <source>A model&apos;s folder or file. [the one of the picture, if known]</source>
        <translation>모델의 폴더나 파일. [알려져 있으면 이미지의 모델]</translation>
    </message>
    <message>
        <source>cpu, cuda, cuda:1 ... [the picture&apos;s]</source>
        <translation>cpu, cuda, cuda:1 ... [이미지의 것]</translation>
    </message>
    <message>
        <source>Of the networks. [the picture&apos;s]</source>
        <translation>신경망의 정밀도. [이미지의 것]</translation>
    </message>
    <message>
        <source>The folder %1 could not be made: %2.</source>
        <translation>폴더 %1을(를) 만들지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>The session could not be saved as %1, since what was done last cannot be written.</source>
        <translation>마지막에 한 것을 쓸 수 없어 세션을 %1(으)로 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>Step %1 is not done yet.</source>
        <translation>단계 %1이(가) 아직 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>Step %1 was not recorded.</source>
        <translation>단계 %1은(는) 기록되지 않았습니다.</translation>
    </message>
    <message>
        <source>Its file is not known here: add it again.</source>
        <translation>그 파일이 어디 있는지 모릅니다. 다시 추가하십시오.</translation>
    </message>
    <message>
        <source>--lora cannot be &quot;%1&quot;: write it as FILE[:WEIGHT]. A weight is a number from %2 to %3.</source>
        <translation>--lora는 &quot;%1&quot;일 수 없습니다. FILE[:WEIGHT]로 쓰십시오. 가중치는 %2부터 %3까지의 수입니다.</translation>
    </message>
    <message>
        <source>The picture was made with the LoRA %1, which is not among the known ones: give it with --lora FILE.</source>
        <translation>이 이미지는 LoRA %1(으)로 만들었는데, 알려진 것 가운데 없습니다. --lora FILE로 정하십시오.</translation>
    </message>
    <message>
        <source>%1 exists and is no file.</source>
        <translation>%1이(가) 있는데 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>%1 follows %2 and the shape of the picture: %3.</source>
        <translation>%1이(가) %2와(과) 이미지의 모양을 따릅니다: %3.</translation>
    </message>
    <message>
        <source>The model&apos;s file cannot be read any more, so the record has no hash of it.</source>
        <translation>모델의 파일을 더는 읽을 수 없어 기록에 그 해시가 없습니다.</translation>
    </message>
    <message>
        <source>The result is a PNG, JPEG, WebP or TIFF file: end its name %1 with .png, .jpg, .webp or .tif.</source>
        <translation>결과는 PNG, JPEG, WebP 또는 TIFF 파일입니다. 이름 %1이(가) .png, .jpg, .webp 또는 .tif로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>it is no plug-in of this program.</source>
        <translation>이 프로그램의 플러그인이 아닙니다.</translation>
    </message>
    <message>
        <source>it was built for another version of the program (%1 in place of %2).</source>
        <translation>프로그램의 다른 버전을 위해 빌드되었습니다(%2 대신 %1).</translation>
    </message>
    <message>
        <source>it provides no method.</source>
        <translation>방법이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>one of its methods has no name or cannot be run.</source>
        <translation>이름이 없거나 실행할 수 없는 방법이 있습니다.</translation>
    </message>
    <message>
        <source>there is already a method called %1.</source>
        <translation>%1(이)라는 방법이 이미 있습니다.</translation>
    </message>
    <message>
        <source> A kind is %1.</source>
        <translation> 종류는 %1입니다.</translation>
    </message>
    <message>
        <source> A weight is a number such as 0.8.</source>
        <translation> 가중치는 0.8 같은 수입니다.</translation>
    </message>
    <message>
        <source> A part of the run is within 0-1, such as 0-0.6.</source>
        <translation> 실행의 구간은 0-0.6처럼 0과 1 사이입니다.</translation>
    </message>
    <message>
        <source>%1 cannot be &quot;%2&quot;: write it as %3.%4%5%6</source>
        <translation>%1은(는) &quot;%2&quot;일 수 없습니다. %3(으)로 쓰십시오.%4%5%6</translation>
    </message>
    <message>
        <source>the system gives no reason</source>
        <translation>시스템이 이유를 알려 주지 않았습니다</translation>
    </message>
    <message>
        <source>Standard output could not be written: %1.</source>
        <translation>표준 출력에 쓰지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>Step %1 has no picture yet: decode it first.</source>
        <translation>단계 %1의 이미지가 아직 없습니다. 먼저 디코딩하십시오.</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>There is no session yet: the window makes one, or --session FILE does.</source>
        <translation>아직 세션이 없습니다. 창이나 --session FILE이 만듭니다.</translation>
    </message>
    <message>
        <source>The sample in %1 has no picture for %2: install the program anew.</source>
        <translation>%1의 샘플에 %2의 이미지가 없습니다. 프로그램을 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>%1 does not tell how it was made: give a PNG that this program saved.</source>
        <translation>%1에는 어떻게 만들었는지가 없습니다. 이 프로그램이 저장한 PNG를 쓰십시오.</translation>
    </message>
    <message>
        <source>%1 was made by the method &quot;%2&quot;, which is not there.</source>
        <translation>%1은(는) 방법 &quot;%2&quot;(으)로 만들었는데, 그 방법이 없습니다.</translation>
    </message>
    <message>
        <source>%1 was saved without what it was made of (%2), so that it cannot be run again: save it with --embed full.</source>
        <translation>%1은(는) 만드는 데 쓴 것(%2) 없이 저장되어 다시 실행할 수 없습니다. --embed full로 저장하십시오.</translation>
    </message>
    <message>
        <source>%1 has no parts that can be left out.</source>
        <translation>%1에는 뺄 수 있는 부분이 없습니다.</translation>
    </message>
    <message>
        <source>%1 has no part &quot;%2&quot; that can be left out. There are: %3.</source>
        <translation>%1에는 뺄 수 있는 부분 &quot;%2&quot;이(가) 없습니다. 쓸 수 있는 것: %3.</translation>
    </message>
    <message>
        <source>The picture was made with the model %1, which is not among the known ones: give it with --model.</source>
        <translation>이 이미지는 모델 %1(으)로 만들었는데, 알려진 모델 가운데 없습니다. --model로 정하십시오.</translation>
    </message>
    <message>
        <source>Still needed: %1.</source>
        <translation>아직 필요한 것: %1.</translation>
    </message>
    <message>
        <source>This mode is not there any more.</source>
        <translation>이 모드가 더는 없습니다.</translation>
    </message>
    <message>
        <source>%1 is no session of Simile: it is not a database.</source>
        <translation>%1은(는) Simile의 세션이 아닙니다: 데이터베이스가 아닙니다.</translation>
    </message>
    <message>
        <source>The session %1 is damaged, so it was left as it is: open a copy that was saved, if there is one.</source>
        <translation>세션 %1이(가) 손상되어 그대로 두었습니다. 저장해 둔 복사본이 있으면 그것을 여십시오.</translation>
    </message>
    <message>
        <source>The session %1 is being written by another program: close that and try again.</source>
        <translation>세션 %1을(를) 다른 프로그램이 쓰고 있습니다. 그 프로그램을 닫고 다시 해 보십시오.</translation>
    </message>
    <message>
        <source>The session %1 cannot be written: choose another folder or change its permissions.</source>
        <translation>세션 %1을(를) 쓸 수 없습니다. 다른 폴더를 고르거나 권한을 바꾸십시오.</translation>
    </message>
    <message>
        <source>There is no space left for the session %1: make room on that disk.</source>
        <translation>세션 %1을(를) 쓸 공간이 없습니다. 그 디스크에 공간을 만드십시오.</translation>
    </message>
    <message>
        <source>The session %1 cannot be opened: see whether it is there and may be read and its folder written.</source>
        <translation>세션 %1을(를) 열 수 없습니다. 파일이 있는지, 읽을 수 있는지, 폴더에 쓸 수 있는지 보십시오.</translation>
    </message>
    <message>
        <source>The session %1 holds something larger than is allowed.</source>
        <translation>세션 %1에 허용된 것보다 큰 것이 있습니다.</translation>
    </message>
    <message>
        <source>The session %1 could not be read or written: %2.</source>
        <translation>세션 %1을(를) 읽거나 쓰지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>The run is not in the session any more.</source>
        <translation>이 실행이 세션에 더는 없습니다.</translation>
    </message>
    <message>
        <source>The step is not in the session any more.</source>
        <translation>이 단계가 세션에 더는 없습니다.</translation>
    </message>
    <message>
        <source>The run is of the model %1, and where that lies is not known here: choose the model, and restore the run.</source>
        <translation>이 실행은 모델 %1의 것인데 그것이 어디 있는지 모릅니다. 모델을 고르고 실행을 되살리십시오.</translation>
    </message>
    <message>
        <source>What was edited in this session cannot be read: %1</source>
        <translation>이 세션에서 편집한 것을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The session could not be saved as %1: %2.</source>
        <translation>세션을 %1(으)로 저장하지 못했습니다: %2.</translation>
    </message>
    <message>
        <source>There is no session %1.</source>
        <translation>세션 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 is no session of Simile.</source>
        <translation>%1은(는) Simile의 세션이 아닙니다.</translation>
    </message>
    <message>
        <source>The session %1 was written by a newer Simile (its version is %2, this one reads up to %3): open it with that.</source>
        <translation>세션 %1은(는) 더 새로운 Simile가 썼습니다(버전 %2, 이 프로그램은 %3까지 읽습니다). 그것으로 여십시오.</translation>
    </message>
    <message>
        <source>%1 has more in it than a session may.</source>
        <translation>%1에는 세션에 있을 수 있는 것보다 많은 것이 있습니다.</translation>
    </message>
    <message>
        <source>The session could not be written: %1.</source>
        <translation>세션을 쓰지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>A sweep makes at most %1 pictures: take fewer values.</source>
        <translation>스윕은 이미지를 최대 %1개까지 만듭니다. 값을 줄이십시오.</translation>
    </message>
    <message>
        <source>A sweep needs values: write them with commas between.</source>
        <translation>스윕에는 값이 필요합니다. 쉼표로 나누어 쓰십시오.</translation>
    </message>
    <message>
        <source>%1 is there twice: take each value once.</source>
        <translation>%1이(가) 두 번 있습니다. 값마다 한 번씩 쓰십시오.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no seed: it is a whole number from 0 to %2.</source>
        <translation>&quot;%1&quot;은(는) 시드가 아닙니다. 시드는 0부터 %2까지의 정수입니다.</translation>
    </message>
    <message>
        <source>%1 is not in the picture. It can be given on the command line: simile verify PICTURE --help.</source>
        <translation>%1이(가) 이미지에 없습니다. 명령줄에서 정할 수 있습니다: simile verify PICTURE --help.</translation>
    </message>
    <message>
        <source>The picture was made with the model %1, which is not among the known ones: choose it in the window, then verify again.</source>
        <translation>이 이미지는 모델 %1(으)로 만들었는데, 알려진 모델 가운데 없습니다. 창에서 그 모델을 고른 다음 다시 검증하십시오.</translation>
    </message>
    <message>
        <source>It was made with the model %1 (SHA-256 %2...), and this is another.</source>
        <translation>모델 %1(SHA-256 %2...)로 만들었는데 이것은 다른 모델입니다.</translation>
    </message>
    <message>
        <source>It was made by Simile %1, and this is %2.</source>
        <translation>Simile %1이(가) 만들었는데 이것은 %2입니다.</translation>
    </message>
    <message>
        <source>It was computed in %1, and now in %2.</source>
        <translation>그때는 %1(으)로, 지금은 %2(으)로 계산했습니다.</translation>
    </message>
    <message>
        <source>It was computed with the instructions %1, and now with %2.</source>
        <translation>그때는 명령어 집합 %1, 지금은 %2(으)로 계산했습니다.</translation>
    </message>
    <message>
        <source>It was computed by %1 threads, and now by %2.</source>
        <translation>그때는 스레드 %1개, 지금은 %2개로 계산했습니다.</translation>
    </message>
    <message>
        <source>It was computed by libtorch %1, and now by %2.</source>
        <translation>그때는 libtorch %1, 지금은 %2(으)로 계산했습니다.</translation>
    </message>
    <message>
        <source>Equal: the latent of the picture is the same, bit for bit.</source>
        <translation>같음: 이미지의 잠재 변수가 비트까지 똑같습니다.</translation>
    </message>
    <message>
        <source>Equal: the latents of the start and of all %1 steps are the same, bit for bit.</source>
        <translation>같음: 시작과 %1단계 모두의 잠재 변수가 비트까지 똑같습니다.</translation>
    </message>
    <message>
        <source>The picture does not tell which latent it was made of, so nothing can be said.</source>
        <translation>이미지에 어느 잠재 변수로 만들었는지가 없어 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Different: the latents differ from the start on.</source>
        <translation>다름: 시작부터 잠재 변수가 다릅니다.</translation>
    </message>
    <message>
        <source>Different: the latents part at step %1 of %2.</source>
        <translation>다름: 단계 %1/%2에서 잠재 변수가 갈라집니다.</translation>
    </message>
    <message>
        <source>Different: the latent of the picture is another. It was saved before the latents of all steps were noted, so where they part is not known.</source>
        <translation>다름: 이미지의 잠재 변수가 다릅니다. 모든 단계의 잠재 변수를 적기 전에 저장되어, 어디서 갈라지는지는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is known to be other than it was: it may have been computed on another processor, or by another build of this version.</source>
        <translation>이전과 다른 것은 알려진 바가 없습니다. 다른 프로세서에서, 또는 이 버전의 다른 빌드로 계산했을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 carries no run of this program, so there is nothing to verify.</source>
        <translation>%1에는 이 프로그램의 실행이 들어 있지 않아 검증할 것이 없습니다.</translation>
    </message>
    <message>
        <source>The picture was made with &quot;%1&quot;, which this program does not have.</source>
        <translation>이 이미지는 &quot;%1&quot;(으)로 만들었는데, 이 프로그램에는 그것이 없습니다.</translation>
    </message>
    <message>
        <source>The picture for %1 (%2) is not in the file: give it with --input FILE.</source>
        <translation>%1의 이미지(%2)가 파일에 없습니다. --input FILE로 정하십시오.</translation>
    </message>
    <message>
        <source>--file %1 says nothing: write it as --file SETTING=FILE.</source>
        <translation>--file %1(으)로는 알 수 없습니다. --file SETTING=FILE로 쓰십시오.</translation>
    </message>
    <message>
        <source>The file %1 for %2 is not in the picture: give it with --file %3=FILE.</source>
        <translation>%2의 파일 %1이(가) 이미지에 없습니다. --file %3=FILE로 정하십시오.</translation>
    </message>
    <message>
        <source>The run took stored noise &quot;%1&quot;, which is not in the picture: give its file with --noise FILE.</source>
        <translation>이 실행은 저장된 노이즈 &quot;%1&quot;을(를) 썼는데 이미지에 없습니다. --noise FILE로 그 파일을 정하십시오.</translation>
    </message>
    <message>
        <source>The noise &quot;%1&quot; in %2 is not that of the run.</source>
        <translation>%2의 노이즈 &quot;%1&quot;은(는) 그 실행의 것이 아닙니다.</translation>
    </message>
    <message>
        <source>The picture was made with the model %1, which is not among the known ones: give it with --model PATH.</source>
        <translation>이 이미지는 모델 %1(으)로 만들었는데, 알려진 모델 가운데 없습니다. --model PATH로 정하십시오.</translation>
    </message>
    <message>
        <source>Stopped: nothing was verified.</source>
        <translation>중지되었습니다. 아무것도 검증하지 않았습니다.</translation>
    </message>
    <message>
        <source>Latent norm</source>
        <translation>잠재 변수 크기</translation>
    </message>
    <message>
        <source>The folder %1 could not be made.</source>
        <translation>폴더 %1을(를) 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>Choose a word of the prompt on the right to see where it acts.</source>
        <translation>어디에 작용하는지 볼 프롬프트의 단어를 오른쪽에서 고르십시오.</translation>
    </message>
    <message>
        <source>What the source held here was not computed in this run: choose the source on the right to have it computed.</source>
        <translation>원본에 있던 것은 이 실행에서 계산하지 않았습니다. 계산하려면 오른쪽에서 원본을 고르십시오.</translation>
    </message>
    <message>
        <source>The lesson %1 is damaged: install the program anew.</source>
        <translation>강좌 %1이(가) 손상되었습니다. 프로그램을 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>Both are the same: choose another one, or nothing, down.</source>
        <translation>둘이 같습니다. 세로에는 다른 것을 고르거나 고르지 마십시오.</translation>
    </message>
    <message>
        <source>These are %1 pictures, and a sweep makes at most %2: take fewer values.</source>
        <translation>이미지 %1개인데 스윕은 최대 %2개까지 만듭니다. 값을 줄이십시오.</translation>
    </message>
    <message>
        <source>Paper&apos;s settings</source>
        <translation>논문의 설정</translation>
    </message>
    <message>
        <source>All of the paper&apos;s values, whatever the model recommends. Meant for a Stable Diffusion inpainting model.</source>
        <translation>모델이 무엇을 권장하든 모두 논문의 값입니다. Stable Diffusion 인페인팅 모델용입니다.</translation>
    </message>
    <message>
        <source>As the original</source>
        <translation>원래 프로그램처럼</translation>
    </message>
    <message>
        <source>The paper&apos;s values and the original program&apos;s ways: transparency dropped, pictures stretched, the white frame kept, prompts cut at 75 tokens. Meant for a Stable Diffusion inpainting model.</source>
        <translation>논문의 값과 원래 프로그램의 방식: 투명도 무시, 이미지 늘이기, 흰 테두리 남기기, 프롬프트는 75토큰에서 자르기. Stable Diffusion 인페인팅 모델용입니다.</translation>
    </message>
    <message>
        <source>Colorization</source>
        <translation>채색</translation>
    </message>
    <message>
        <source>Meant for a Stable Diffusion inpainting model.</source>
        <translation>Stable Diffusion 인페인팅 모델용입니다.</translation>
    </message>
    <message>
        <source>Deblur</source>
        <translation>흐림 제거</translation>
    </message>
    <message>
        <source>Denoise</source>
        <translation>노이즈 제거</translation>
    </message>
    <message>
        <source>Low-light enhancement</source>
        <translation>저조도 개선</translation>
    </message>
    <message>
        <source>Image editing</source>
        <translation>이미지 편집</translation>
    </message>
    <message>
        <source>Image translation</source>
        <translation>이미지 변환</translation>
    </message>
    <message>
        <source>Style transfer</source>
        <translation>화풍 전이</translation>
    </message>
    <message>
        <source>Inpainting</source>
        <translation>인페인팅</translation>
    </message>
    <message>
        <source>Skeleton to image</source>
        <translation>골격에서 이미지로</translation>
    </message>
    <message>
        <source>Meant for a Stable Diffusion inpainting model. The paper gives cloning × 1.4 here, its program 1.3.</source>
        <translation>Stable Diffusion 인페인팅 모델용입니다. 클로닝 ×는 논문에 1.4, 그 프로그램에 1.3입니다.</translation>
    </message>
    <message>
        <source>Mask to image</source>
        <translation>마스크에서 이미지로</translation>
    </message>
    <message>
        <source>Caricature (example)</source>
        <translation>캐리커처(예)</translation>
    </message>
    <message>
        <source>Corgi, A beside B (example)</source>
        <translation>코기, A 옆에 B(예)</translation>
    </message>
    <message>
        <source>The paper&apos;s values</source>
        <translation>논문의 값</translation>
    </message>
    <message>
        <source>Guidance 2, 50 steps; meant for a Stable Diffusion 1.x model with a ControlNet.</source>
        <translation>가이던스 2, 50단계. ControlNet이 있는 Stable Diffusion 1.x 모델용입니다.</translation>
    </message>
    <message>
        <source>As the demo</source>
        <translation>데모처럼</translation>
    </message>
    <message>
        <source>The demo program&apos;s ways: one picture, noise levels rounded to half precision, colours cut off to bytes, transparency ignored.</source>
        <translation>데모 프로그램의 방식: 이미지 하나, 노이즈 수준은 반정밀도로 반올림, 색은 바이트로 버림, 투명도 무시.</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>SeeCoder-Anime with a drawing model; its examples use guidance 1.5 to 2.5.</source>
        <translation>그림 모델과 SeeCoder-Anime. 그 예들은 가이던스 1.5~2.5를 씁니다.</translation>
    </message>
    <message>
        <source>Layout without control</source>
        <translation>제어 없는 배치</translation>
    </message>
    <message>
        <source>SeeCoder-PA keeps where things are when there is no control picture.</source>
        <translation>제어 이미지가 없어도 SeeCoder-PA는 무엇이 어디 있는지를 유지합니다.</translation>
    </message>
    <message>
        <source>Try-on</source>
        <translation>입어 보기</translation>
    </message>
    <message>
        <source>The garment as reference, the person as start picture with a mask, the person&apos;s edges as control: the masked part is made from noise alone.</source>
        <translation>옷을 참조로, 사람을 마스크와 함께 시작 이미지로, 사람의 윤곽을 제어로 씁니다. 마스크한 부분은 노이즈에서만 만듭니다.</translation>
    </message>
    <message>
        <source>CompVis 1.4</source>
        <translation>CompVis 1.4</translation>
    </message>
    <message>
        <source>As the authors&apos; first program: middle square, an inversion of 999 steps and the way back, one step more of injection, the negative prompt coming in over the run. Meant for Stable Diffusion 1.4.</source>
        <translation>저자들의 첫 프로그램처럼: 가운데 정사각형, 999단계의 인버전과 되돌아오는 길, 한 단계 더 주입, 실행에 따라 들어오는 네거티브 프롬프트. Stable Diffusion 1.4용입니다.</translation>
    </message>
    <message>
        <source>CompVis 1.4, source from a prompt</source>
        <translation>CompVis 1.4, 프롬프트로 만든 원본</translation>
    </message>
    <message>
        <source>As the authors&apos; first program where it makes the source itself: less guidance, and the source&apos;s prompt as the negative one. Meant for Stable Diffusion 1.4.</source>
        <translation>저자들의 첫 프로그램이 원본을 직접 만들 때처럼: 더 낮은 가이던스, 원본의 프롬프트가 네거티브 프롬프트. Stable Diffusion 1.4용입니다.</translation>
    </message>
    <message>
        <source>diffusers 2.1</source>
        <translation>diffusers 2.1</translation>
    </message>
    <message>
        <source>As the authors&apos; second program: the whole picture, an inversion of 999 steps whose latents give the features. Meant for Stable Diffusion 2.1 base.</source>
        <translation>저자들의 둘째 프로그램처럼: 이미지 전체, 특징을 주는 999단계의 인버전. Stable Diffusion 2.1 base용입니다.</translation>
    </message>
    <message>
        <source>Why B′ looks where it looks</source>
        <translation>B′는 왜 그곳을 보는가</translation>
    </message>
    <message>
        <source>The network fills a grid: A, A′ and B are given, B′ is made. The square marks a place in B′; the map shows from where that place takes what it becomes. Click another place, or move it with the arrow keys.</source>
        <translation>신경망은 격자를 채웁니다. A, A′, B는 주어지고 B′를 만듭니다. 네모는 B′의 한 자리이고, 맵은 그 자리가 무엇이 될지를 어디에서 가져오는지 보여 줍니다. 다른 자리를 클릭하거나 화살표 키로 옮겨 보십시오.</translation>
    </message>
    <message>
        <source>The shares add this up for whole cells, here as the mean of all layers. In the row of B′ stands how much of its attention goes to each of the four. Cloning makes B′ look at A′ as B looks at A, and stronger: its share of A′ is about twice that of the table on the right, which is the same step without cloning.</source>
        <translation>비율은 이것을 칸 전체로 더한 것으로, 여기서는 모든 레이어의 평균입니다. B′의 행에는 네 칸 각각에 어텐션이 얼마나 가는지 적혀 있습니다. 클로닝은 B가 A를 보듯이 B′가 A′를, 더 강하게 보게 합니다. A′의 비율이, 같은 단계를 클로닝 없이 계산한 오른쪽 표의 두 배쯤 됩니다.</translation>
    </message>
    <message>
        <source>Masking lets the words of the prompt act in B′ alone: the map is empty over A, A′ and B. Choose another word on the right, or several, each in a colour of its own.</source>
        <translation>마스킹은 프롬프트의 단어가 B′에만 작용하게 합니다. A, A′, B 위의 맵은 비어 있습니다. 오른쪽에서 다른 단어를 골라 보십시오. 여러 개를 고르면 저마다 다른 색으로 보입니다.</translation>
    </message>
    <message>
        <source>What injection keeps</source>
        <translation>주입이 유지하는 것</translation>
    </message>
    <message>
        <source>The features of a layer, their first three components as colours: on the left of the result, on the right of the source. The same colour means the same thing to the network. Injected features are those of the source, so both are alike in the steps in which they are injected (the bar below the time line).</source>
        <translation>한 레이어의 특징으로, 처음 세 성분을 색으로 나타낸 것입니다. 왼쪽은 결과, 오른쪽은 원본의 것입니다. 같은 색은 신경망에 같은 것을 뜻합니다. 주입된 특징은 원본의 것이므로, 주입되는 단계(타임라인 아래의 막대)에서는 둘이 같습니다.</translation>
    </message>
    <message>
        <source>A later layer is not injected: it is computed for the result by itself, from what was injected before it. Press Play: step by step the figure gets colours of its own, apart from the ground.</source>
        <translation>더 뒤의 레이어는 주입되지 않고, 앞에서 주입된 것으로부터 결과 스스로 계산됩니다. 재생을 눌러 보십시오. 단계마다 물체가 배경과 다른 자기 색을 띠어 갑니다.</translation>
    </message>
    <message>
        <source>The queries of self-attention say which places belong together. Where they are injected, the result&apos;s are the source&apos;s; behind the end of the bar they are its own.</source>
        <translation>셀프 어텐션의 쿼리는 어느 자리들이 함께 속하는지 알려 줍니다. 주입되는 동안 결과의 쿼리는 원본의 것이고, 막대가 끝난 뒤에는 자기 것입니다.</translation>
    </message>
    <message>
        <source>A reference, without words</source>
        <translation>말 없는 참조</translation>
    </message>
    <message>
        <source>There is no prompt here: an encoder reads the reference and gives tokens, to which the network looks as it would to words. The square marks a place of the result; the map over the reference shows which of its parts that place looked at.</source>
        <translation>여기에는 프롬프트가 없습니다. 인코더가 참조를 읽어 토큰을 내고, 신경망은 단어를 보듯 그것을 봅니다. 네모는 결과의 한 자리이고, 참조 위의 맵은 그 자리가 참조의 어디를 보았는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Each token by itself: where it looks in the reference, and where it acts in the result. Go through them on the right. The first ones are global: they look at no place by themselves, so the map is that of the tokens which they look at.</source>
        <translation>토큰을 하나씩 봅니다. 참조의 어디를 보는지, 결과의 어디에 작용하는지. 오른쪽에서 하나씩 넘겨 보십시오. 처음 것들은 전역 토큰으로 스스로는 어느 자리도 보지 않으므로, 맵은 그것이 보는 토큰들의 맵입니다.</translation>
    </message>
    <message>
        <source>Looking is not yet making: that a place looked at a part of the reference does not say that it was made from there.</source>
        <translation>본 것이 곧 만든 것은 아닙니다. 어떤 자리가 참조의 한 부분을 보았다고 해서 거기서 만들어졌다는 뜻은 아닙니다.</translation>
    </message>
    <message>
        <source> One of %1.</source>
        <translation> 쓸 수 있는 값: %1.</translation>
    </message>
    <message>
        <source> Not with %1.</source>
        <translation> %1과(와) 함께 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Another picture for %1. May be given several times.</source>
        <translation>%1에 더할 이미지. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The PNG file to write, if there are pictures. [PICTURE-%1.png, in the current folder]</source>
        <translation>이미지가 있으면 쓸 PNG 파일. [PICTURE-%1.png, 현재 폴더에]</translation>
    </message>
    <message>
        <source>In brackets: the paper&apos;s values, where the model recommends no others.</source>
        <translation>대괄호 안은 모델이 다른 값을 권장하지 않을 때의 논문의 값입니다.</translation>
    </message>
    <message>
        <source>In brackets: the method&apos;s own values, where the model recommends no others.</source>
        <translation>대괄호 안은 모델이 다른 값을 권장하지 않을 때의 방법의 기본값입니다.</translation>
    </message>
    <message>
        <source>There is neither a command nor a file called &quot;%1&quot;. Run with --help for the commands.</source>
        <translation>&quot;%1&quot;(이)라는 명령이나 파일이 없습니다. 명령은 --help로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The pictures are the same.</source>
        <translation>이미지가 똑같습니다.</translation>
    </message>
    <message>
        <source>mean absolute difference %1, largest %2 (of 255); %3 % of the pixels changed</source>
        <translation>차이의 절댓값 평균 %1, 최대 %2(255 중), 픽셀의 %3 %가 바뀜</translation>
    </message>
    <message>
        <source>There is no display to open a window on. Set DISPLAY, or make a picture with a command: see simile --help.</source>
        <translation>창을 열 디스플레이가 없습니다. DISPLAY를 정하거나 명령으로 이미지를 만드십시오: simile --help.</translation>
    </message>
    <message>
        <source>  %1 MB, made for %2 pixels</source>
        <translation>  %1 MB, %2픽셀용</translation>
    </message>
    <message>
        <source>  It cannot be used: %1</source>
        <translation>  쓸 수 없음: %1</translation>
    </message>
    <message>
        <source>  serves %1</source>
        <translation>  쓸 수 있는 모드: %1</translation>
    </message>
    <message>
        <source>  loads; SHA-256 %1</source>
        <translation>  불러올 수 있음. SHA-256 %1</translation>
    </message>
    <message>
        <source> (%1 of %2)</source>
        <translation> (%1/%2)</translation>
    </message>
    <message>
        <source>Step %1 of %2, %3 s left</source>
        <translation>단계 %1/%2, %3초 남음</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>단계 %1/%2</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>시드 %1</translation>
    </message>
    <message>
        <source>No numbers were made, so %1 was not written.</source>
        <translation>만들어진 수가 없어 %1을(를) 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>사용법</translation>
    </message>
    <message>
        <source>Positionals</source>
        <translation>인수</translation>
    </message>
    <message>
        <source>This help.</source>
        <translation>이 도움말.</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>옵션</translation>
    </message>
    <message>
        <source>start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>end</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>채움</translation>
    </message>
    <message>
        <source>There is no file %1 to load CLIP from.</source>
        <translation>CLIP을 불러올 파일 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Loading CLIP</source>
        <translation>CLIP을 불러오는 중</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교하는 중</translation>
    </message>
    <message>
        <source>%1 has 8 bits a channel: choose PNG or TIFF for 16 bits.</source>
        <translation>%1은(는) 채널당 8비트입니다. 16비트라면 PNG나 TIFF를 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 has no image encoder of CLIP with its projection (no fitting %2): the weights of openai/clip-vit-base-patch16 are expected, as transformers has them.</source>
        <translation>파일 %1에 프로젝션이 있는 CLIP 이미지 인코더가 없습니다(맞는 %2이(가) 없습니다). transformers 형식의 openai/clip-vit-base-patch16 가중치가 필요합니다.</translation>
    </message>
    <message>
        <source>The network in %1 takes pictures of %2 pixels, which is not supported: the weights of openai/clip-vit-base-patch16 are expected.</source>
        <translation>%1의 신경망은 %2픽셀 이미지를 받는데, 이는 지원하지 않습니다. openai/clip-vit-base-patch16의 가중치가 필요합니다.</translation>
    </message>
    <message>
        <source>The picture is too long for its width (%1 x %2) to be looked at by CLIP.</source>
        <translation>이미지가 너비에 비해 너무 길어(%1 x %2) CLIP으로 볼 수 없습니다.</translation>
    </message>
    <message>
        <source>In this grid of pictures A′ is what became of A, and B is to be changed in the same way: A is to A′ as B is to B′. What would the missing picture B′ show? Answer with the three most likely descriptions of B′, each of at most five words, apart by commas.</source>
        <translation>In this grid of pictures A′ is what became of A, and B is to be changed in the same way: A is to A′ as B is to B′. What would the missing picture B′ show? Answer with the three most likely descriptions of B′, each of at most five words, apart by commas.</translation>
    </message>
    <message>
        <source>Bits a channel of a PNG or TIFF: 8 or 16. [8]</source>
        <translation>PNG나 TIFF의 채널당 비트: 8 또는 16. [8]</translation>
    </message>
    <message>
        <source>An image encoder of CLIP, to say how alike the pictures are to it: model.safetensors of openai/clip-vit-base-patch16. [none]</source>
        <translation>이미지가 얼마나 비슷한지 알려 줄 CLIP 이미지 인코더: openai/clip-vit-base-patch16의 model.safetensors. [없음]</translation>
    </message>
    <message>
        <source>CLIP similarity %1</source>
        <translation>CLIP 유사도 %1</translation>
    </message>
    <message>
        <source>16 bits a channel need a PNG or TIFF file: end the name %1 with .png or .tif.</source>
        <translation>채널당 16비트에는 PNG나 TIFF 파일이 필요합니다. 이름 %1이(가) .png나 .tif로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>&quot;absent&quot;</source>
        <translation>&quot;없음&quot;</translation>
    </message>
    <message>
        <source>Words, after</source>
        <translation>단어, 이후</translation>
    </message>
    <message>
        <source> Kinds: %1.</source>
        <translation> 종류: %1.</translation>
    </message>
    <message>
        <source>cpu, cuda, cuda:1 ... [cpu]</source>
        <translation>cpu, cuda, cuda:1 ... [cpu]</translation>
    </message>
    <message>
        <source>Presets:</source>
        <translation>프리셋:</translation>
    </message>
    <message>
        <source>Converted models</source>
        <translation>변환한 모델</translation>
    </message>
    <message>
        <source>The weights of pickled checkpoints (.ckpt, .pt, .bin) in a form that can be loaded; they are made again when they are needed.</source>
        <translation>pickle 체크포인트(.ckpt, .pt, .bin)의 가중치를 불러올 수 있는 형태로 둔 것입니다. 필요하면 다시 만듭니다.</translation>
    </message>
    <message>
        <source>There is neither a folder nor a table %1.</source>
        <translation>폴더나 표 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 works on no picture that others could take the place of.</source>
        <translation>%1에는 다른 이미지로 바꿔 넣을 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The results need a name, such as %1.</source>
        <translation>결과에 이름이 필요합니다. 예: %1.</translation>
    </message>
    <message>
        <source>%1 is no field of the name of a result that is still to be made. There are: %2.</source>
        <translation>%1은(는) 아직 만들지 않은 결과의 이름에 쓸 수 없는 필드입니다. 쓸 수 있는 것: %2.</translation>
    </message>
    <message>
        <source>%1 has come there meanwhile, and nothing is overwritten.</source>
        <translation>그사이 %1이(가) 생겼으며, 아무것도 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>The results need a folder.</source>
        <translation>결과를 둘 폴더가 필요합니다.</translation>
    </message>
    <message>
        <source>The results need another folder than that of the pictures.</source>
        <translation>결과의 폴더는 이미지의 폴더와 달라야 합니다.</translation>
    </message>
    <message>
        <source>seed, name</source>
        <translation>seed, name</translation>
    </message>
    <message>
        <source>The column &quot;%1&quot; of the table is neither a picture nor a parameter of %2: rename it or take it out. There are: %3.</source>
        <translation>표의 열 &quot;%1&quot;은(는) %2의 이미지도 매개변수도 아닙니다. 이름을 바꾸거나 빼십시오. 쓸 수 있는 것: %3.</translation>
    </message>
    <message>
        <source>The column &quot;%1&quot; of the table is there twice: take one of them out.</source>
        <translation>표에 열 &quot;%1&quot;이(가) 두 번 있습니다. 하나를 빼십시오.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name for a file in the folder of the results.</source>
        <translation>&quot;%1&quot;은(는) 결과 폴더의 파일 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>there is no file &quot;%1&quot;.</source>
        <translation>파일 &quot;%1&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>a seed is a whole number below 2^64, and &quot;%1&quot; is none.</source>
        <translation>시드는 2^64보다 작은 정수인데 &quot;%1&quot;은(는) 그렇지 않습니다.</translation>
    </message>
    <message>
        <source>Row %1 has more fields than the head line.</source>
        <translation>%1행의 필드가 머리글보다 많습니다.</translation>
    </message>
    <message>
        <source>Row %1, %2: %3</source>
        <translation>%1행, %2: %3</translation>
    </message>
    <message>
        <source>The table %1 has no rows below its head line.</source>
        <translation>표 %1에 머리글 아래의 행이 없습니다.</translation>
    </message>
    <message>
        <source>Values for a purpose: one of those below, or one of your own by its name or its file.</source>
        <translation>용도에 맞춘 값: 아래 가운데 하나, 또는 이름이나 파일로 정하는 내 프리셋.</translation>
    </message>
    <message>
        <source>A folder: each of its pictures is taken for %1 in turn. Or a table (CSV), whose columns are pictures, parameters, seed and name. -o is the folder to write into. What is there already is not made again.</source>
        <translation>폴더. 그 이미지를 하나씩 %1(으)로 씁니다. 또는 열이 이미지, 매개변수, seed, name인 표(CSV). -o는 쓸 폴더입니다. 이미 있는 것은 다시 만들지 않습니다.</translation>
    </message>
    <message>
        <source>With --each: what the results are called, such as {prompt}-{seed}. [{picture}]</source>
        <translation>--each와 함께: 결과의 이름, 예: {prompt}-{seed}. [{picture}]</translation>
    </message>
    <message>
        <source>--name names the results of a folder: give that with --each.</source>
        <translation>--name은 폴더의 결과에 이름을 붙입니다. --each와 함께 쓰십시오.</translation>
    </message>
    <message>
        <source>Pictures to open in the window, or a session, or a preset.</source>
        <translation>창에서 열 이미지, 세션 또는 프리셋.</translation>
    </message>
    <message>
        <source>The table is larger than %1 MiB: divide it into several.</source>
        <translation>표가 %1 MiB보다 큽니다. 여러 개로 나누십시오.</translation>
    </message>
    <message>
        <source>The table is no UTF-8 text: save it as CSV in UTF-8.</source>
        <translation>표가 UTF-8 텍스트가 아닙니다. UTF-8 CSV로 저장하십시오.</translation>
    </message>
    <message>
        <source>Row %1 of the table has text behind a closing quote: double the quotes that belong to a text.</source>
        <translation>표의 %1행에서 닫는 따옴표 뒤에 텍스트가 있습니다. 텍스트에 속하는 따옴표는 두 번 쓰십시오.</translation>
    </message>
    <message>
        <source>Row %1 of the table opens a quote that does not end.</source>
        <translation>표의 %1행에서 연 따옴표가 닫히지 않습니다.</translation>
    </message>
    <message>
        <source>Row %1 of the table has a field of more than %2 KiB.</source>
        <translation>표의 %1행에 %2 KiB보다 큰 필드가 있습니다.</translation>
    </message>
    <message>
        <source>The table has no head line: name its columns in the first row.</source>
        <translation>표에 머리글이 없습니다. 첫 행에 열의 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>The table has more than %1 rows: divide it into several.</source>
        <translation>표의 행이 %1개보다 많습니다. 여러 개로 나누십시오.</translation>
    </message>
    <message>
        <source>%1 is a column of the table: give it there or with the command.</source>
        <translation>%1은(는) 표의 열입니다. 표와 명령 가운데 한 곳에만 쓰십시오.</translation>
    </message>
    <message>
        <source>The table has no column &quot;%1&quot;, and no picture for %2 is given.</source>
        <translation>표에 열 &quot;%1&quot;이(가) 없고 %2의 이미지도 없습니다.</translation>
    </message>
    <message>
        <source>The picture is too large: make it smaller first, or raise the largest picture in Edit &gt; Settings.</source>
        <translation>이미지가 너무 큽니다. 먼저 줄이거나 편집 &gt; 설정에서 가장 큰 이미지를 늘리십시오.</translation>
    </message>
    <message>
        <source>its value &quot;%1&quot; names a file.</source>
        <translation>그 값 &quot;%1&quot;이(가) 파일을 가리킵니다.</translation>
    </message>
    <message>
        <source>it is no preset.</source>
        <translation>프리셋이 아닙니다.</translation>
    </message>
    <message>
        <source>it is of a newer version of the program.</source>
        <translation>프로그램의 더 새로운 버전에서 나온 것입니다.</translation>
    </message>
    <message>
        <source>it is for a mode called &quot;%1&quot;, which is not here.</source>
        <translation>&quot;%1&quot;(이)라는 모드를 위한 것인데, 그 모드가 여기 없습니다.</translation>
    </message>
    <message>
        <source>it sets &quot;%1&quot;, which is no value of %2.</source>
        <translation>&quot;%1&quot;을(를) 정하는데, %2의 값이 아닙니다.</translation>
    </message>
    <message>
        <source>there is no value in it.</source>
        <translation>값이 하나도 없습니다.</translation>
    </message>
    <message>
        <source>The preset %1 cannot be used: %2</source>
        <translation>프리셋 %1을(를) 쓸 수 없습니다: %2</translation>
    </message>
    <message>
        <source>The preset %1 cannot be used: it is for the mode &quot;%2&quot;.</source>
        <translation>프리셋 %1을(를) 쓸 수 없습니다: 모드 &quot;%2&quot;을(를) 위한 것입니다.</translation>
    </message>
    <message>
        <source>Another preset is called &quot;%1&quot;: choose another name.</source>
        <translation>&quot;%1&quot;(이)라는 다른 프리셋이 있습니다. 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>The preset %1 could not be moved to the trash: delete its file by hand.</source>
        <translation>프리셋 %1을(를) 휴지통으로 옮기지 못했습니다. 그 파일을 직접 삭제하십시오.</translation>
    </message>
    <message>
        <source>%1 has no samples: install the program anew.</source>
        <translation>%1에 샘플이 없습니다. 프로그램을 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>The sample &quot;%1&quot; is not in %2: install the program anew.</source>
        <translation>샘플 &quot;%1&quot;이(가) %2에 없습니다. 프로그램을 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>%1 names no pages: install the program anew.</source>
        <translation>%1에 적힌 페이지가 없습니다. 프로그램을 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>실패: %1</translation>
    </message>
    <message>
        <source>(is there)</source>
        <translation>(이미 있음)</translation>
    </message>
    <message>
        <source>%1 made, %2 there already, %3 failed</source>
        <translation>%1개 만듦, %2개 이미 있음, %3개 실패</translation>
    </message>
    <message>
        <source>failed: %1: %2</source>
        <translation>실패: %1: %2</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1/%2: %3</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>뒤집기</translation>
    </message>
    <message>
        <source>A′ is A mirrored, so B is mirrored, too.</source>
        <translation>A′는 A를 뒤집은 것이므로 B도 뒤집힙니다.</translation>
    </message>
    <message>
        <source>Take the colours away</source>
        <translation>색 빼기</translation>
    </message>
    <message>
        <source>A′ is A in shades of gray, so B loses its colours.</source>
        <translation>A′는 A를 회색조로 바꾼 것이므로 B도 색을 잃습니다.</translation>
    </message>
    <message>
        <source>Another background</source>
        <translation>다른 바탕</translation>
    </message>
    <message>
        <source>A′ has a green ground, so B gets one; its figure stays.</source>
        <translation>A′의 바탕이 초록색이므로 B도 그렇게 됩니다. 도형은 그대로입니다.</translation>
    </message>
    <message>
        <source>A star in the colours of a disc</source>
        <translation>원의 색을 띤 별</translation>
    </message>
    <message>
        <source>The colours come from the reference, the outline from the star&apos;s edges; no words are needed.</source>
        <translation>색은 참조에서, 윤곽은 별의 가장자리에서 옵니다. 말이 필요 없습니다.</translation>
    </message>
    <message>
        <source>A heart in the colours of a flower</source>
        <translation>꽃의 색을 띤 하트</translation>
    </message>
    <message>
        <source>Pink on green comes from the flower, the outline from the heart&apos;s edges, which weigh more here.</source>
        <translation>초록 위의 분홍은 꽃에서, 윤곽은 하트의 가장자리에서 옵니다. 여기서는 가장자리의 가중치가 더 큽니다.</translation>
    </message>
    <message>
        <source>A half circle in the colours of a plum</source>
        <translation>자두의 색을 띤 반원</translation>
    </message>
    <message>
        <source>Purple on orange comes from the reference, the outline from the half circle&apos;s edges.</source>
        <translation>주황 위의 보라는 참조에서, 윤곽은 반원의 가장자리에서 옵니다.</translation>
    </message>
    <message>
        <source>A square in another colour</source>
        <translation>다른 색의 사각형</translation>
    </message>
    <message>
        <source>The prompt asks for purple; the square keeps its place and its outline.</source>
        <translation>프롬프트는 보라색을 요청합니다. 사각형은 자리와 윤곽을 유지합니다.</translation>
    </message>
    <message>
        <source>A star in another colour</source>
        <translation>다른 색의 별</translation>
    </message>
    <message>
        <source>A yellow star becomes pink; the finer the figure, the more of its outline is lost.</source>
        <translation>노란 별이 분홍색이 됩니다. 도형이 섬세할수록 윤곽을 더 잃습니다.</translation>
    </message>
    <message>
        <source>A disc in another colour</source>
        <translation>다른 색의 원</translation>
    </message>
    <message>
        <source>A blue disc becomes orange, and the white ground stays.</source>
        <translation>파란 원이 주황색이 되고, 흰 바탕은 그대로입니다.</translation>
    </message>
    <message>
        <source>in &quot;%1&quot;, member %2, %3</source>
        <translation>&quot;%1&quot;의 %2번째 항목에서, %3</translation>
    </message>
    <message>
        <source>the id %1 is there twice in &quot;%2&quot;.</source>
        <translation>&quot;%2&quot;에 ID %1이(가) 두 번 있습니다.</translation>
    </message>
    <message>
        <source>%1 is for something that is not listed.</source>
        <translation>%1의 용도가 목록에 없습니다.</translation>
    </message>
    <message>
        <source>%1 has a licence that is not listed.</source>
        <translation>%1의 라이선스가 목록에 없습니다.</translation>
    </message>
    <message>
        <source>The catalogue %1 cannot be read: %2</source>
        <translation>카탈로그 %1을(를) 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>There is no file or folder %1 to take embeddings from.</source>
        <translation>임베딩을 가져올 파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>File of a TAESD, a small autoencoder: the steps are shown by it, larger and with more of what they hold.
A step takes a little longer. Empty: a map of colours shows them.</source>
        <translation>작은 오토인코더인 TAESD의 파일입니다. 단계를 더 크고 자세하게 보여 줍니다.
한 단계가 조금 더 걸립니다. 비우면 색 지도로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Decoded by</source>
        <translation>디코딩</translation>
    </message>
    <message>
        <source>What the result is decoded by: the model&apos;s autoencoder, or TAESD, which takes less than a tenth of the work and shows less detail.</source>
        <translation>결과를 무엇으로 디코딩할지 정합니다. 모델의 오토인코더, 또는 계산이 10분의 1도 들지 않지만 덜 자세한 TAESD입니다.</translation>
    </message>
    <message>
        <source>The autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>TAESD: quick</source>
        <translation>TAESD: 빠름</translation>
    </message>
    <message>
        <source>The result is to be decoded by TAESD, and there is no file of one: choose it, or the autoencoder.</source>
        <translation>결과를 TAESD로 디코딩해야 하는데 그 파일이 없습니다. 파일을 고르거나 오토인코더를 고르십시오.</translation>
    </message>
    <message>
        <source>The model %1 has no text encoder, so it understands no prompt. Please choose a complete model, or the file of a text encoder (--text-encoder on the command line).</source>
        <translation>모델 %1에는 텍스트 인코더가 없어 프롬프트를 이해하지 못합니다. 온전한 모델을 고르거나 텍스트 인코더 파일을 고르십시오(명령줄에서는 --text-encoder).</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>Files of words that were learnt (textual inversion), or folders of them, with ; between.
Each is meant by the name of its file in a prompt.</source>
        <translation>학습된 단어(textual inversion)의 파일이나 폴더이며, 사이에 ;를 둡니다.
프롬프트에 파일 이름을 쓰면 그 단어가 됩니다.</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>텍스트 인코더</translation>
    </message>
    <message>
        <source>File or folder of a text encoder in place of the model&apos;s own. A model without one needs it where there is a prompt.</source>
        <translation>모델의 것 대신 쓸 텍스트 인코더의 파일이나 폴더입니다. 텍스트 인코더가 없는 모델은 프롬프트가 있으면 이것이 필요합니다.</translation>
    </message>
    <message>
        <source>The result was decoded by TAESD, which shows less detail than the autoencoder.</source>
        <translation>결과를 TAESD로 디코딩했습니다. 오토인코더보다 덜 자세합니다.</translation>
    </message>
    <message>
        <source>%1 Please choose the device cpu.</source>
        <translation>%1 장치 cpu를 고르십시오.</translation>
    </message>
    <message>
        <source>The GPU of this computer cannot be used.</source>
        <translation>이 컴퓨터의 GPU를 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The text encoder %1 gives %2 features and the UNet of %3 takes %4: they do not belong together.</source>
        <translation>텍스트 인코더 %1은(는) 특징 %2개를 내는데 %3의 UNet은 %4개를 받습니다. 서로 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The file %1 is the encoder of a TAESD: choose its decoder.</source>
        <translation>파일 %1은(는) TAESD의 인코더입니다. 디코더를 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 is no TAESD (a small autoencoder for previews).</source>
        <translation>파일 %1은(는) TAESD(미리보기용 작은 오토인코더)가 아닙니다.</translation>
    </message>
    <message>
        <source>The TAESD %1 is for latents of %2 channels, as other models have them, where %3 are needed: choose that of Stable Diffusion 1.x.</source>
        <translation>TAESD %1은(는) 다른 모델처럼 채널이 %2개인 잠재 표현용인데 %3개가 필요합니다. Stable Diffusion 1.x용을 고르십시오.</translation>
    </message>
    <message>
        <source>The TAESD %1 is that of SDXL, as its name says: choose that of Stable Diffusion 1.x.</source>
        <translation>TAESD %1은(는) 이름으로 보아 SDXL용입니다. Stable Diffusion 1.x용을 고르십시오.</translation>
    </message>
    <message>
        <source>There is not enough space for %1 on the disk of %2: it takes %3, and what is made of it when it is used first is counted in; free are %4. Make room, or choose another folder.</source>
        <translation>%2이(가) 있는 디스크에 %1을(를) 둘 공간이 부족합니다. 처음 쓸 때 만들어지는 것까지 %3이(가) 필요하고, 남은 공간은 %4입니다. 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>%1 is %2; take it away.</source>
        <translation>%1은(는) %2입니다. 치워 주세요.</translation>
    </message>
    <message>
        <source>%1 is being fetched by another window or command already.</source>
        <translation>다른 창이나 명령이 이미 %1을(를) 받고 있습니다.</translation>
    </message>
    <message>
        <source>there is not enough space (free are %1); make room and go on</source>
        <translation>공간이 부족합니다(남은 공간 %1). 공간을 비우고 계속하세요</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1을(를) 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1 does not give %2 any longer.</source>
        <translation>%1이(가) %2을(를) 더 이상 주지 않습니다.</translation>
    </message>
    <message>
        <source>%1 gives %2 only to those who have an account there and accepted its terms. Fetch it with a browser and put it into the folder of the models.</source>
        <translation>%1은(는) 계정이 있고 약관에 동의한 사람에게만 %2을(를) 줍니다. 브라우저로 받아서 모델 폴더에 넣으세요.</translation>
    </message>
    <message>
        <source>%1 no longer has %2: it was moved or taken back by its authors.</source>
        <translation>%1에 %2이(가) 더 이상 없습니다. 만든 사람이 옮겼거나 거두어들였습니다.</translation>
    </message>
    <message>
        <source>%1 has a fault (status %2).</source>
        <translation>%1에 문제가 있습니다(상태 %2).</translation>
    </message>
    <message>
        <source>%1 gives nothing more for now: it is asked too often.</source>
        <translation>%1이(가) 지금은 더 주지 않습니다. 요청이 너무 잦습니다.</translation>
    </message>
    <message>
        <source>%1 is overloaded or being repaired.</source>
        <translation>%1이(가) 붐비거나 점검 중입니다.</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password. Put them into the address of the proxy that the system or the environment variable https_proxy has.</source>
        <translation>프록시가 이름과 암호를 요구합니다. 시스템이나 환경 변수 https_proxy의 프록시 주소에 넣으세요.</translation>
    </message>
    <message>
        <source>%1 answers in a way that is not understood (status %2).</source>
        <translation>%1의 응답을 이해할 수 없습니다(상태 %2).</translation>
    </message>
    <message>
        <source>%1 has another %2 than the one that is known: it has %3 bytes in place of %4. Nothing of it is kept.</source>
        <translation>%1의 %2은(는) 알려진 것과 다릅니다. %4바이트가 아니라 %3바이트입니다. 아무것도 남기지 않습니다.</translation>
    </message>
    <message>
        <source>%1 gives another part of %2 than was asked for.</source>
        <translation>%1이(가) %2에서 요청한 것과 다른 부분을 줍니다.</translation>
    </message>
    <message>
        <source>The publisher&apos;s %1 has changed: it is fetched anew.</source>
        <translation>배포자의 %1이(가) 바뀌었습니다. 새로 받습니다.</translation>
    </message>
    <message>
        <source>%1 leads on without saying where to.</source>
        <translation>%1이(가) 다른 곳으로 보내면서 어디인지 알리지 않습니다.</translation>
    </message>
    <message>
        <source>%1 has no such part of %2: it is fetched anew.</source>
        <translation>%1에 %2의 그런 부분이 없습니다. 새로 받습니다.</translation>
    </message>
    <message>
        <source>%1 gives %2 packed, although it was asked not to.</source>
        <translation>%1이(가) 압축하지 말라고 했는데도 %2을(를) 압축해서 줍니다.</translation>
    </message>
    <message>
        <source>%1 contradicts itself about the size of %2.</source>
        <translation>%1이(가) %2의 크기를 서로 다르게 말합니다.</translation>
    </message>
    <message>
        <source>The file %1 has aliases in it, which are not followed.</source>
        <translation>파일 %1에 별칭이 있으며, 이는 따라가지 않습니다.</translation>
    </message>
    <message>
        <source>The file %1 holds more than %2 values.</source>
        <translation>파일 %1에 값이 %2개보다 많습니다.</translation>
    </message>
    <message>
        <source>The file %1 has more than %2 levels.</source>
        <translation>파일 %1의 단계가 %2개보다 많습니다.</translation>
    </message>
    <message>
        <source>It is no network of the kind that goes there.</source>
        <translation>그 자리에 들어가는 종류의 신경망이 아닙니다.</translation>
    </message>
    <message>
        <source>It was made for a model with a context of %1 features, and %2 has %3.</source>
        <translation>특징이 %1개인 문맥을 받는 모델을 위한 것인데 %2은(는) %3개입니다.</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>Krita AI Diffusion</source>
        <translation>Krita AI Diffusion</translation>
    </message>
    <message>
        <source>Forge</source>
        <translation>Forge</translation>
    </message>
    <message>
        <source>Fooocus</source>
        <translation>Fooocus</translation>
    </message>
    <message>
        <source>It is made for SDXL, which is not supported.</source>
        <translation>SDXL용이며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>It is no plain LoRA but holds %1, which is not supported.</source>
        <translation>보통 LoRA가 아니라 %1이(가) 들어 있으며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>It is made for %1, which is not supported.</source>
        <translation>%1용이며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>It is an autoencoder of %1 channels for another family of models, which is not supported.</source>
        <translation>다른 계열의 모델을 위한 %1채널 오토인코더이며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>It holds only the difference between a ControlNet and a model.</source>
        <translation>ControlNet과 모델의 차이만 들어 있습니다.</translation>
    </message>
    <message>
        <source>It %1.</source>
        <translation>이 파일은 %1.</translation>
    </message>
    <message>
        <source>It is an SDXL model, which is not supported.</source>
        <translation>SDXL 모델이며, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>It is a Python pickle, and the sizes in it are those of no network that is known.</source>
        <translation>파이썬 피클이며, 그 안의 크기가 알려진 어느 신경망과도 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It is a Python pickle of the old form: what it holds is seen only when it is chosen by its path.</source>
        <translation>옛 형식의 파이썬 피클입니다. 무엇이 들었는지는 경로로 골라야 알 수 있습니다.</translation>
    </message>
    <message>
        <source>It is told by the sizes in it alone; it is converted when it is chosen.</source>
        <translation>그 안의 크기만으로 알아본 것입니다. 고르면 변환합니다.</translation>
    </message>
    <message>
        <source>Its weights are Python pickles, converted when it is chosen.</source>
        <translation>가중치가 파이썬 피클이며, 고르면 변환합니다.</translation>
    </message>
    <message>
        <source>It is a UNet alone, one part of a model.</source>
        <translation>모델의 한 부분인 UNet만 있습니다.</translation>
    </message>
    <message>
        <source>A link in it leads out of its repository, so it was not read.</source>
        <translation>그 안의 링크가 저장소 밖으로 나가므로 읽지 않았습니다.</translation>
    </message>
    <message>
        <source>map network</source>
        <translation>맵 신경망</translation>
    </message>
    <message>
        <source>Its download did not come to its end: go on with it where it was begun, or get it anew.</source>
        <translation>내려받기가 끝나지 않았습니다. 시작한 곳에서 이어서 받거나 새로 받으십시오.</translation>
    </message>
    <message>
        <source>%1 further notes of this kind are left out.</source>
        <translation>이런 알림 %1개는 생략했습니다.</translation>
    </message>
    <message>
        <source>The search took too long and was ended, so that not all folders were looked through. Name the folder with the networks for it to come first.</source>
        <translation>찾는 데 너무 오래 걸려 끝냈으므로 모든 폴더를 살펴보지 못했습니다. 신경망이 있는 폴더를 지정하면 그곳부터 찾습니다.</translation>
    </message>
    <message>
        <source>There are so many files that not all folders were looked through. Name the folder with the networks for it to come first.</source>
        <translation>파일이 너무 많아 모든 폴더를 살펴보지 못했습니다. 신경망이 있는 폴더를 지정하면 그곳부터 찾습니다.</translation>
    </message>
    <message>
        <source>The folder %1 lies on another computer and was not looked through: choose a file in it by its path.</source>
        <translation>폴더 %1은(는) 다른 컴퓨터에 있어 살펴보지 않았습니다. 그 안의 파일은 경로로 고르십시오.</translation>
    </message>
    <message>
        <source>%1 is a link that leads out of its repository, so it was not followed.</source>
        <translation>%1은(는) 저장소 밖으로 나가는 링크여서 따라가지 않았습니다.</translation>
    </message>
    <message>
        <source>The folder %1 lies too deep and was not looked through.</source>
        <translation>폴더 %1은(는) 너무 깊어 살펴보지 않았습니다.</translation>
    </message>
    <message>
        <source>No NVIDIA GPU with a driver was found here.</source>
        <translation>드라이버가 있는 NVIDIA GPU를 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>The NVIDIA driver %1 tells of no GPU.</source>
        <translation>NVIDIA 드라이버 %1이(가) GPU를 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>There is a GPU (%1), but the program was built without CUDA: build it again on this computer.</source>
        <translation>GPU(%1)가 있지만 프로그램이 CUDA 없이 빌드되었습니다. 이 컴퓨터에서 다시 빌드하십시오.</translation>
    </message>
    <message>
        <source>The NVIDIA driver %1 is too old: it serves CUDA %2, and the program needs %3. Please update the driver.</source>
        <translation>NVIDIA 드라이버 %1이(가) 너무 오래되었습니다. CUDA %2까지 지원하는데 프로그램에는 %3이(가) 필요합니다. 드라이버를 업데이트하십시오.</translation>
    </message>
    <message>
        <source>is an IP-Adapter, which asks a model with pictures and is not supported</source>
        <translation>은(는) 그림으로 모델에 묻는 IP-Adapter이며 지원하지 않습니다</translation>
    </message>
    <message>
        <source>motion module</source>
        <translation>모션 모듈</translation>
    </message>
    <message>
        <source>is a motion module, which makes films with a model and is not supported</source>
        <translation>은(는) 모델로 영상을 만드는 모션 모듈이며 지원하지 않습니다</translation>
    </message>
    <message>
        <source>The file %1 is empty. Please download it again, complete and unchanged.</source>
        <translation>파일 %1이(가) 비어 있습니다. 온전하고 바뀌지 않은 것으로 다시 내려받으십시오.</translation>
    </message>
    <message>
        <source>%1 holds no text encoder. Please choose one&apos;s file or folder.</source>
        <translation>%1에는 텍스트 인코더가 없습니다. 텍스트 인코더의 파일이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no file or folder %1 to load a text encoder from.</source>
        <translation>텍스트 인코더를 불러올 파일이나 폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 %2, where a text encoder is expected. Please choose one&apos;s file or folder.</source>
        <translation>파일 %1%2. 텍스트 인코더가 필요합니다. 그 파일이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>It is marked as a v-prediction model (%1).</source>
        <translation>v-prediction 모델로 표시되어 있습니다(%1).</translation>
    </message>
    <message>
        <source>It is marked as a model whose noise ends without any signal, which only one that predicts velocity can be: that mark is not followed.</source>
        <translation>끝에서 신호가 전혀 남지 않는 노이즈로 표시되어 있지만, 속도를 예측하는 모델만 그럴 수 있습니다. 이 표시는 따르지 않습니다.</translation>
    </message>
    <message>
        <source>It is marked as a model whose noise ends without any signal (zero terminal SNR): its noise levels are rescaled, and steps begin at the last one.</source>
        <translation>끝에서 신호가 전혀 남지 않는 노이즈(zero terminal SNR)로 표시되어 있어, 노이즈 수준을 다시 맞추고 마지막 수준에서 단계를 시작합니다.</translation>
    </message>
    <message>
        <source>It has only a half of its autoencoder, so it makes pictures only where a whole one is chosen beside it.</source>
        <translation>오토인코더가 절반만 있어, 온전한 것을 따로 골라야 그림을 만듭니다.</translation>
    </message>
    <message>
        <source>The network has %1 channels at %2, which %3 groups do not divide: its file is damaged or of a model that is not known.</source>
        <translation>신경망의 %2에 채널이 %1개 있는데 그룹 %3개로 나누어떨어지지 않습니다. 파일이 손상되었거나 알 수 없는 모델입니다.</translation>
    </message>
    <message>
        <source>The picture for %1 is transparent in parts: they are taken as %2.</source>
        <translation>%1의 이미지에 투명한 부분이 있어 %2(으)로 다룹니다.</translation>
    </message>
    <message>
        <source>That is neither a link to a model nor an owner and a name, as in owner/name or owner/name/file.safetensors.</source>
        <translation>모델 링크도 아니고 owner/name이나 owner/name/file.safetensors 같은 소유자와 이름도 아닙니다.</translation>
    </message>
    <message>
        <source>Only https links are fetched.</source>
        <translation>https 링크만 받습니다.</translation>
    </message>
    <message>
        <source>The link has a name and a password in it: take them out.</source>
        <translation>링크에 이름과 암호가 들어 있습니다. 빼 주세요.</translation>
    </message>
    <message>
        <source>The link is of another site: only models of %1 can be fetched. Fetch the file with a browser and drop it on the list.</source>
        <translation>다른 사이트의 링크입니다. %1의 모델만 받을 수 있습니다. 브라우저로 받아서 목록에 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>%1 is no file of weights: those end in .safetensors, .ckpt, .pt, .pth or .bin.</source>
        <translation>%1은(는) 가중치 파일이 아닙니다. 가중치 파일은 .safetensors, .ckpt, .pt, .pth, .bin으로 끝납니다.</translation>
    </message>
    <message>
        <source>The site&apos;s list of files cannot be read: %1</source>
        <translation>사이트의 파일 목록을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The embedding %1 is for SDXL, which is not supported.</source>
        <translation>임베딩 %1은(는) SDXL용이며 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The file %1 is no embedding (textual inversion): it has %2 tensors, where one is expected.</source>
        <translation>파일 %1은(는) 임베딩(textual inversion)이 아닙니다. 텐서가 하나여야 하는데 %2개 있습니다.</translation>
    </message>
    <message>
        <source>The file %1 is no embedding (textual inversion): its tensor is no list of vectors.</source>
        <translation>파일 %1은(는) 임베딩(textual inversion)이 아닙니다. 텐서가 벡터의 목록이 아닙니다.</translation>
    </message>
    <message>
        <source>The embedding %1 has vectors of %2 features, and the model&apos;s text encoder takes %3: it is for another model (768: Stable Diffusion 1.x, 1024: 2.x).</source>
        <translation>임베딩 %1의 벡터는 특징이 %2개인데 모델의 텍스트 인코더는 %3개를 받습니다. 다른 모델용입니다(768: Stable Diffusion 1.x, 1024: 2.x).</translation>
    </message>
    <message>
        <source>The embedding %1 has %2 vectors, where a prompt has room for %3.</source>
        <translation>임베딩 %1에는 벡터가 %2개 있는데 프롬프트에는 %3개까지 들어갑니다.</translation>
    </message>
    <message>
        <source>The name of the embedding %1 is no word in a prompt: rename its file.</source>
        <translation>임베딩 %1의 이름은 프롬프트의 단어가 되지 못합니다. 파일 이름을 바꾸십시오.</translation>
    </message>
    <message>
        <source>DDIM from the last level (Hyper-SD)</source>
        <translation>마지막 수준부터의 DDIM (Hyper-SD)</translation>
    </message>
    <message>
        <source>The negative prompt has no effect where the share of the empty prompt is 1: choose less, or take it out.</source>
        <translation>빈 프롬프트의 비율이 1이면 네거티브 프롬프트는 아무 효과가 없습니다. 비율을 낮추거나 네거티브 프롬프트를 지우십시오.</translation>
    </message>
    <message>
        <source>Of the map, in steps of 64; 0 follows the other side, or is the picture&apos;s own, rounded down.</source>
        <translation>맵의 크기이며 64 단위입니다. 0이면 다른 변을 따르거나, 이미지 자체의 크기를 내림한 값입니다.</translation>
    </message>
    <message>
        <source>The ControlNet has no effect without a picture for Control.</source>
        <translation>제어 이미지가 없으면 ControlNet은 아무 효과가 없습니다.</translation>
    </message>
    <message>
        <source>Guess mode has no effect without a picture for Control.</source>
        <translation>제어 이미지가 없으면 추측 모드는 아무 효과가 없습니다.</translation>
    </message>
    <message>
        <source>How a step is taken. The original&apos;s is DDIM on its own grid; the others are for models and LoRAs that were made for few steps.</source>
        <translation>한 단계를 나아가는 방법입니다. 원본은 자체 격자의 DDIM을 씁니다. 나머지는 적은 단계에 맞춰 만든 모델과 LoRA용입니다.</translation>
    </message>
    <message>
        <source>DDIM, as the original</source>
        <translation>원본과 같은 DDIM</translation>
    </message>
    <message>
        <source>Load none of the plug-ins in your own folder; with any command.</source>
        <translation>직접 추가한 폴더의 플러그인을 불러오지 않습니다. 모든 명령과 함께 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>List the networks that are on this computer already, in the folders of other programs and in those that are named.</source>
        <translation>다른 프로그램의 폴더와 지정한 폴더에서, 이 컴퓨터에 이미 있는 신경망을 보여 줍니다.</translation>
    </message>
    <message>
        <source>List the plug-ins in your own folder, and say which of them may be loaded.</source>
        <translation>직접 추가한 폴더의 플러그인을 나열하고 불러와도 되는 것을 정합니다.</translation>
    </message>
    <message>
        <source>Load the plug-in of that name from now on, as long as its file stays the same. It has all rights that you have.</source>
        <translation>그 이름의 플러그인을 파일이 그대로인 동안 앞으로 불러옵니다. 사용자와 같은 모든 권한을 갖습니다.</translation>
    </message>
    <message>
        <source>Load it no longer.</source>
        <translation>더 이상 불러오지 않습니다.</translation>
    </message>
    <message>
        <source>Fetch networks from huggingface.co and its content host. Without one: list those that are known, without asking anybody.</source>
        <translation>huggingface.co와 그 콘텐츠 호스트에서 신경망을 받습니다. 아무것도 적지 않으면 알려진 것을 보여 주며, 어디에도 접속하지 않습니다.</translation>
    </message>
    <message>
        <source>What the list calls them; or owner/name, owner/name/file, a link of that site.</source>
        <translation>목록에 있는 이름, 또는 owner/name, owner/name/file, 그 사이트의 링크입니다.</translation>
    </message>
    <message>
        <source>The folder for them. [where the window puts models]</source>
        <translation>받은 것을 둘 폴더입니다. [창이 모델을 두는 곳]</translation>
    </message>
    <message>
        <source>A licence that you have read and accept. It is remembered. May be given several times.</source>
        <translation>읽고 동의한 라이선스입니다. 기억됩니다. 여러 번 적을 수 있습니다.</translation>
    </message>
    <message>
        <source>Landlock</source>
        <translation>Landlock</translation>
    </message>
    <message>
        <source>It was kept as %1.</source>
        <translation>%1(으)로 보관했습니다.</translation>
    </message>
    <message>
        <source>The input pictures are too large to be put into the file, which has their checksums alone.</source>
        <translation>입력 이미지가 너무 커서 파일에 넣지 못했습니다. 파일에는 그 체크섬만 있습니다.</translation>
    </message>
    <message>
        <source>The file does not say how it was made: %1</source>
        <translation>파일에 만든 방법이 들어 있지 않습니다: %1</translation>
    </message>
    <message>
        <source>%1 is made for few steps by a sampler that %2 does not have: it changes the picture, and the steps stay as they are.</source>
        <translation>%1은(는) %2에 없는 샘플러로 적은 단계에 맞춰 만들었습니다. 그림은 바뀌지만 단계는 그대로입니다.</translation>
    </message>
    <message>
        <source>%1 is made for few steps, so the sampler is %2 now, with %3 steps and guidance %4.</source>
        <translation>%1은(는) 적은 단계에 맞춰 만들었으므로 이제 샘플러는 %2, 단계는 %3, 가이던스는 %4입니다.</translation>
    </message>
    <message>
        <source>Without %1 the sampler, the steps and the guidance are as usual again.</source>
        <translation>%1이(가) 없으므로 샘플러, 단계, 가이던스가 다시 평소와 같습니다.</translation>
    </message>
    <message>
        <source>  %1 MB</source>
        <translation>  %1 MB</translation>
    </message>
    <message>
        <source>  %1 MB, from %2</source>
        <translation>  %1 MB, 출처 %2</translation>
    </message>
    <message>
        <source>  known as %1 by its hash</source>
        <translation>  해시로 보아 %1</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>No networks were found. Name a folder that holds some, or see the README on which are wanted.</source>
        <translation>신경망을 찾지 못했습니다. 신경망이 있는 폴더를 지정하거나, 어떤 것이 필요한지 README를 보십시오.</translation>
    </message>
    <message>
        <source>It is nothing that can be chosen here.</source>
        <translation>여기서 고를 수 있는 것이 아닙니다.</translation>
    </message>
    <message>
        <source>%1 takes no network of this kind.</source>
        <translation>%1은(는) 이런 종류의 신경망을 받지 않습니다.</translation>
    </message>
    <message>
        <source>There is no %1 in the list: simile get shows it.</source>
        <translation>목록에 %1이(가) 없습니다. simile get이 목록을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Where %1 is published is not known here. Get it from its authors; it is expected as %2.</source>
        <translation>%1이(가) 어디에 배포되는지 여기서는 알 수 없습니다. 만든 사람에게서 받으세요. %2에 두면 찾습니다.</translation>
    </message>
    <message>
        <source>%1 gives %2 only to those who have an account there and accepted its terms. Fetch it with a browser.</source>
        <translation>%1은(는) 계정이 있고 약관에 동의한 사람에게만 %2을(를) 줍니다. 브라우저로 받으세요.</translation>
    </message>
    <message>
        <source>Say which file of %1 is wanted, as owner/name/file.</source>
        <translation>%1의 어느 파일인지 owner/name/file처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>%1 has no file %2.</source>
        <translation>%1에 %2 파일이 없습니다.</translation>
    </message>
    <message>
        <source>The publisher of %1 names no licence.</source>
        <translation>%1의 배포자는 라이선스를 밝히지 않았습니다.</translation>
    </message>
    <message>
        <source>The licence %1 (%2) has to be accepted first. %3 Read it, and add --accept-licence &quot;%1&quot;.</source>
        <translation>먼저 라이선스 %1(%2)에 동의해야 합니다. %3 읽고 나서 --accept-licence &quot;%1&quot;을 붙이세요.</translation>
    </message>
    <message>
        <source>The licence %1 has to be accepted first. Read it at %2, and add --accept-licence &quot;%1&quot;.</source>
        <translation>먼저 라이선스 %1에 동의해야 합니다. %2에서 읽고 나서 --accept-licence &quot;%1&quot;을 붙이세요.</translation>
    </message>
    <message>
        <source>There is another file already: %1. Take it away first.</source>
        <translation>이미 다른 파일이 있습니다: %1. 먼저 치워 주세요.</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1이(가) 이미 있습니다.</translation>
    </message>
    <message>
        <source>Getting %1 from %2 and its content host.</source>
        <translation>%2와(과) 그 콘텐츠 호스트에서 %1을(를) 받습니다.</translation>
    </message>
    <message>
        <source>%1 is there.</source>
        <translation>%1을(를) 받았습니다.</translation>
    </message>
    <message>
        <source>Stopped. The same command goes on with what is there.</source>
        <translation>멈추었습니다. 같은 명령으로 이어서 받습니다.</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%2의 %1 %</translation>
    </message>
    <message>
        <source>%1 of %2, %3 a second, %4 s left</source>
        <translation>%2 중 %1, 초당 %3, %4초 남음</translation>
    </message>
    <message>
        <source>%1, %2 a second</source>
        <translation>%1, 초당 %2</translation>
    </message>
    <message>
        <source>    Licence: %1</source>
        <translation>    라이선스: %1</translation>
    </message>
    <message>
        <source>    It is there: %1</source>
        <translation>    받아 둔 파일: %1</translation>
    </message>
    <message>
        <source>    Not to be fetched from here; it is expected as %1</source>
        <translation>    여기서 받을 수 없으며, %1에 두면 찾습니다</translation>
    </message>
    <message>
        <source>The model&apos;s file was replaced during the run, so the record has no hash of it.</source>
        <translation>실행하는 동안 모델 파일이 바뀌어서 기록에 그 해시가 없습니다.</translation>
    </message>
    <message>
        <source>It was written with 8 bits a channel, since 16 could not be decoded.</source>
        <translation>채널당 16비트로 디코딩하지 못해 8비트로 저장했습니다.</translation>
    </message>
    <message>
        <source>it is not the file that was built with this program. Install the program again; plug-ins of your own belong into %1.</source>
        <translation>이 프로그램과 함께 만들어진 파일이 아닙니다. 프로그램을 다시 설치하십시오. 직접 추가하는 플러그인은 %1에 넣습니다.</translation>
    </message>
    <message>
        <source>%1 leads in a circle.</source>
        <translation>%1이(가) 제자리를 돕니다.</translation>
    </message>
    <message>
        <source>The publisher&apos;s file %1 has changed: it is no longer the one that is known, and is not fetched.</source>
        <translation>배포자의 파일 %1이(가) 바뀌었습니다. 알려진 파일이 아니므로 받지 않습니다.</translation>
    </message>
    <message>
        <source>It cannot be told whether the publisher&apos;s %1 is what it was: it is fetched anew.</source>
        <translation>배포자의 %1이(가) 그대로인지 알 수 없습니다. 새로 받습니다.</translation>
    </message>
    <message>
        <source>%1 gives no parts of files: %2 is fetched anew.</source>
        <translation>%1은(는) 파일의 일부를 주지 않습니다. %2을(를) 새로 받습니다.</translation>
    </message>
    <message>
        <source>%1 gives more than the %2 bytes that %3 has. Nothing of it is kept.</source>
        <translation>%1이(가) %3의 %2바이트보다 많이 줍니다. 아무것도 남기지 않습니다.</translation>
    </message>
    <message>
        <source>%1 gives next to nothing.</source>
        <translation>%1이(가) 거의 아무것도 주지 않습니다.</translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation>%1와(과)의 연결이 끊어졌습니다.</translation>
    </message>
    <message>
        <source>%1 gives nothing of %2.</source>
        <translation>%1이(가) %2을(를) 전혀 주지 않습니다.</translation>
    </message>
    <message>
        <source>What came is not %1: its SHA-256 is another one. Nothing of it is kept; try again.</source>
        <translation>받은 것이 %1이(가) 아닙니다. SHA-256이 다릅니다. 아무것도 남기지 않았으니 다시 시도하세요.</translation>
    </message>
    <message>
        <source>What %1 should hold is not independently known: it is what its publisher says.</source>
        <translation>%1의 내용은 따로 알려져 있지 않으며, 배포자가 말한 것과는 같습니다.</translation>
    </message>
    <message>
        <source>What %1 should hold is not independently known.</source>
        <translation>%1의 내용은 따로 알려져 있지 않습니다.</translation>
    </message>
    <message>
        <source>%1 It asks to come back in %2 minutes; what is there stays until then.</source>
        <translation>%1 %2분 뒤에 다시 오라고 합니다. 그때까지 받은 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>%1 What is there stays; go on later.</source>
        <translation>%1 받은 것은 남아 있으니 나중에 계속하세요.</translation>
    </message>
    <message>
        <source>%1 The next attempt is in %2 s.</source>
        <translation>%1 %2초 뒤에 다시 시도합니다.</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>인증서가 만료되었거나 이 컴퓨터의 시계가 틀립니다</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>인증서가 아직 유효하지 않거나 이 컴퓨터의 시계가 틀립니다</translation>
    </message>
    <message>
        <source>its certificate is that of another host</source>
        <translation>인증서가 다른 호스트의 것입니다</translation>
    </message>
    <message>
        <source>The site leads to an address that cannot be read.</source>
        <translation>사이트가 읽을 수 없는 주소로 보냅니다.</translation>
    </message>
    <message>
        <source>The site leads to an address that is not safe (%1 in place of https). Nothing is fetched from there.</source>
        <translation>사이트가 안전하지 않은 주소(https가 아니라 %1)로 보냅니다. 거기서는 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>The site leads to an address with a name and a password. Nothing is fetched from there.</source>
        <translation>사이트가 이름과 암호가 든 주소로 보냅니다. 거기서는 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>The site leads to %1, which is not known as its content host. Nothing is fetched from there.</source>
        <translation>사이트가 콘텐츠 호스트로 알려지지 않은 %1(으)로 보냅니다. 거기서는 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be found. Is there a connection to the network?</source>
        <translation>%1을(를) 찾을 수 없습니다. 신경망에 연결되어 있나요?</translation>
    </message>
    <message>
        <source>%1 leads to an address of this computer or of a local network. Nothing is fetched from there.</source>
        <translation>%1이(가) 이 컴퓨터나 로컬 네트워크의 주소로 이어집니다. 거기서는 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>The connection to %1 is not safe: %2. Nothing is fetched.</source>
        <translation>%1와(과)의 연결이 안전하지 않습니다: %2. 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>The proxy of this computer does not answer, or does not reach %1.</source>
        <translation>이 컴퓨터의 프록시가 응답하지 않거나 %1에 닿지 못합니다.</translation>
    </message>
    <message>
        <source>No safe connection to %1 could be made: it offers none that is good enough. Nothing is fetched.</source>
        <translation>%1와(과) 안전하게 연결할 수 없습니다. 충분히 안전한 방식을 제공하지 않습니다. 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>%1 refuses the connection.</source>
        <translation>%1이(가) 연결을 거부합니다.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1이(가) 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>The list of %1 is too long to be read.</source>
        <translation>%1의 목록이 너무 길어 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 is not the file that is known by this name: it has %2 bytes in place of %3. If you trust it, open it where it lies.</source>
        <translation>%1은(는) 이 이름으로 알려진 파일이 아닙니다. %3바이트가 아니라 %2바이트입니다. 믿을 수 있는 파일이면 있는 자리에서 여세요.</translation>
    </message>
    <message>
        <source>%1 is not the file that is known by this name: its SHA-256 is another one. Nothing of it was taken in. If you trust it, open it where it lies.</source>
        <translation>%1은(는) 이 이름으로 알려진 파일이 아닙니다. SHA-256이 다릅니다. 가져오지 않았습니다. 믿을 수 있는 파일이면 있는 자리에서 여세요.</translation>
    </message>
    <message>
        <source>%1 is damaged: its SHA-256 is another one than that of the published file. Delete it and get it again.</source>
        <translation>%1이(가) 손상되었습니다. SHA-256이 배포된 파일과 다릅니다. 지우고 다시 받으세요.</translation>
    </message>
    <message>
        <source>%1 is there already: the other one stays.</source>
        <translation>%1이(가) 이미 있습니다. 다른 것은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>The plug-in %1 was not loaded: it is new in your folder for plug-ins, and would have all rights that you have. If you trust it: simile plugins --allow %1</source>
        <translation>플러그인 %1을(를) 불러오지 않았습니다. 플러그인 폴더에 새로 있으며 사용자와 같은 모든 권한을 갖게 됩니다. 믿을 수 있다면 simile plugins --allow %1</translation>
    </message>
    <message>
        <source>The plug-in %1 was not loaded: it is another file than the one that you allowed. If you trust it: simile plugins --allow %1</source>
        <translation>플러그인 %1을(를) 불러오지 않았습니다. 허용한 파일과 다른 파일입니다. 믿을 수 있다면 simile plugins --allow %1</translation>
    </message>
    <message>
        <source>The plug-in %1 was not loaded: %2</source>
        <translation>플러그인 %1을(를) 불러오지 않았습니다: %2</translation>
    </message>
    <message>
        <source>it is a link; put the file itself there.</source>
        <translation>링크입니다. 파일 자체를 넣으십시오.</translation>
    </message>
    <message>
        <source>it could not be read: %1.</source>
        <translation>읽지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>it is too large: it may have at most %1.</source>
        <translation>너무 큽니다. 최대 %1까지 가능합니다.</translation>
    </message>
    <message>
        <source>%1 belongs to somebody else.</source>
        <translation>%1이(가) 다른 사용자의 것입니다.</translation>
    </message>
    <message>
        <source>%1 can be written by others; take that right away from them.</source>
        <translation>다른 사용자가 %1에 쓸 수 있습니다. 그 권한을 없애십시오.</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>its folder</source>
        <translation>파일이 있는 폴더</translation>
    </message>
    <message>
        <source>There is no plug-in %1 in %2.</source>
        <translation>%2에 플러그인 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The plug-in %1 cannot be loaded: %2</source>
        <translation>플러그인 %1을(를) 불러올 수 없습니다: %2</translation>
    </message>
    <message>
        <source>loaded at each start</source>
        <translation>시작할 때마다 불러옵니다</translation>
    </message>
    <message>
        <source>not loaded: nobody allowed it yet</source>
        <translation>불러오지 않음: 아직 허용되지 않았습니다</translation>
    </message>
    <message>
        <source>not loaded: it is another file than the one that was allowed</source>
        <translation>불러오지 않음: 허용된 파일과 다른 파일입니다</translation>
    </message>
    <message>
        <source>cannot be loaded: %1</source>
        <translation>불러올 수 없음: %1</translation>
    </message>
    <message>
        <source>There are no plug-ins of your own in %1.</source>
        <translation>%1에 직접 추가한 플러그인이 없습니다.</translation>
    </message>
    <message>
        <source>InvokeAI&apos;s database %1 could not be read, so its models have the names of their files.</source>
        <translation>InvokeAI의 데이터베이스 %1을(를) 읽지 못했으므로 모델을 파일 이름으로 표시합니다.</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>20 steps of DPM++ 2M in place of 50: two fifths of the time, and much the same picture. Meant for models of full size.</source>
        <translation>50단계 대신 DPM++ 2M 20단계로, 시간은 5분의 2이고 그림은 거의 같습니다. 온전한 크기의 모델을 위한 것입니다.</translation>
    </message>
    <message>
        <source>With an LCM-LoRA</source>
        <translation>LCM-LoRA와 함께</translation>
    </message>
    <message>
        <source>For a model to which an LCM-LoRA was added: LCM&apos;s sampler, 8 steps, no guidance. The published one sets them by itself.</source>
        <translation>LCM-LoRA를 더한 모델용입니다. LCM 샘플러, 8단계, 가이던스 없음. 공개된 파일은 스스로 이렇게 맞춥니다.</translation>
    </message>
    <message>
        <source>With a Hyper-SD LoRA</source>
        <translation>Hyper-SD LoRA와 함께</translation>
    </message>
    <message>
        <source>For a model to which a Hyper-SD LoRA for 8 steps with guidance was added. The published one sets them by itself.</source>
        <translation>가이던스가 있는 8단계용 Hyper-SD LoRA를 더한 모델용입니다. 공개된 파일은 스스로 이렇게 맞춥니다.</translation>
    </message>
    <message>
        <source>Commercial use is allowed. A list of harmful uses is not (to break the law, to deceive, to harm or exploit people), and whoever passes the model on passes these terms on with it.</source>
        <translation>상업적으로 쓸 수 있습니다. 해로운 용도(법을 어기거나, 속이거나, 사람을 해치거나 착취하는 것)는 허용되지 않으며, 모델을 건네는 사람은 이 조건도 함께 건네야 합니다.</translation>
    </message>
    <message>
        <source>Commercial use is allowed. Harmful uses that it lists are not, and whoever passes the model on passes these terms on with it.</source>
        <translation>상업적으로 쓸 수 있습니다. 라이선스가 열거하는 해로운 용도는 허용되지 않으며, 모델을 건네는 사람은 이 조건도 함께 건네야 합니다.</translation>
    </message>
    <message>
        <source>Everything is allowed, as long as the notice of the authors stays with every copy.</source>
        <translation>만든 사람의 고지를 모든 사본에 남기면 무엇이든 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Everything is allowed, as long as the notices of the authors stay with every copy and changes are said.</source>
        <translation>만든 사람의 고지를 모든 사본에 남기고 바꾼 것을 밝히면 무엇이든 할 수 있습니다.</translation>
    </message>
    <message>
        <source>For research alone. Whoever wants to use it commercially has to ask the authors.</source>
        <translation>연구용으로만 쓸 수 있습니다. 상업적으로 쓰려면 만든 사람에게 물어야 합니다.</translation>
    </message>
    <message>
        <source>For non-commercial research alone. Whoever wants to use it commercially has to ask the authors.</source>
        <translation>비상업적 연구용으로만 쓸 수 있습니다. 상업적으로 쓰려면 만든 사람에게 물어야 합니다.</translation>
    </message>
    <message>
        <source>Edit photographs by example</source>
        <translation>예시로 사진 편집</translation>
    </message>
    <message>
        <source>Repaint a photograph</source>
        <translation>사진 다시 그리기</translation>
    </message>
    <message>
        <source>Make pictures from a reference</source>
        <translation>참조 이미지로 만들기</translation>
    </message>
    <message>
        <source>Control by edges and lines</source>
        <translation>윤곽선과 선으로 제어</translation>
    </message>
    <message>
        <source>Make control maps</source>
        <translation>제어 맵 만들기</translation>
    </message>
    <message>
        <source>Fewer steps, quicker pictures</source>
        <translation>적은 단계로 더 빠르게</translation>
    </message>
    <message>
        <source>Rank and measure results</source>
        <translation>결과 순위와 측정</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5 inpainting</source>
        <translation>Stable Diffusion 1.5 인페인팅</translation>
    </message>
    <message>
        <source>The model that Analogy needs for photographs: it fills the grid&apos;s empty cell.</source>
        <translation>유추에서 사진에 필요한 모델로, 격자의 빈 칸을 채웁니다.</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5</source>
        <translation>Stable Diffusion 1.5</translation>
    </message>
    <message>
        <source>An all-round model of photographs and drawings, for Translate and Prompt-free.</source>
        <translation>사진과 그림에 두루 쓰는 모델로, 변환과 프롬프트 없이에 씁니다.</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.4</source>
        <translation>Stable Diffusion 1.4</translation>
    </message>
    <message>
        <source>What the authors of Plug-and-Play used: for Translate with the preset compvis-1.4.</source>
        <translation>Plug-and-Play의 저자들이 쓴 모델로, 변환에서 프리셋 compvis-1.4와 함께 씁니다.</translation>
    </message>
    <message>
        <source>DreamShaper 8</source>
        <translation>DreamShaper 8</translation>
    </message>
    <message>
        <source>A model of painterly and detailed pictures, for Translate and Prompt-free.</source>
        <translation>회화적이고 섬세한 이미지의 모델로, 변환과 프롬프트 없이에 씁니다.</translation>
    </message>
    <message>
        <source>Serenity 2.1</source>
        <translation>Serenity 2.1</translation>
    </message>
    <message>
        <source>A model of photographs, for Translate and Prompt-free.</source>
        <translation>사진 모델로, 변환과 프롬프트 없이에 씁니다.</translation>
    </message>
    <message>
        <source>Reads a reference picture in place of a prompt: Prompt-free needs one for photographs.</source>
        <translation>프롬프트 대신 참조 이미지를 읽습니다. 프롬프트 없이에서 사진에 필요합니다.</translation>
    </message>
    <message>
        <source>SeeCoder PA</source>
        <translation>SeeCoder PA</translation>
    </message>
    <message>
        <source>A SeeCoder that also keeps where things are in the reference.</source>
        <translation>참조에서 사물이 있는 자리까지 지키는 SeeCoder입니다.</translation>
    </message>
    <message>
        <source>SeeCoder anime</source>
        <translation>SeeCoder anime</translation>
    </message>
    <message>
        <source>A SeeCoder for drawn figures; it needs anime_ug.pth of the same authors beside it.</source>
        <translation>그린 인물을 위한 SeeCoder로, 같은 저자의 anime_ug.pth가 옆에 있어야 합니다.</translation>
    </message>
    <message>
        <source>The anime SeeCoder&apos;s other half</source>
        <translation>anime SeeCoder의 짝</translation>
    </message>
    <message>
        <source>What guidance leads away from with the anime SeeCoder: it lies beside it.</source>
        <translation>anime SeeCoder에서 가이던스가 멀어지게 하는 것으로, 그 옆에 둡니다.</translation>
    </message>
    <message>
        <source>Autoencoder of the Prompt-free demo</source>
        <translation>Prompt-free 데모의 오토인코더</translation>
    </message>
    <message>
        <source>Decodes as the authors&apos; demo does, in place of the model&apos;s own autoencoder.</source>
        <translation>모델 자체의 오토인코더 대신 저자의 데모처럼 디코딩합니다.</translation>
    </message>
    <message>
        <source>ControlNet for edges, of the Prompt-free demo</source>
        <translation>윤곽선용 ControlNet(Prompt-free 데모)</translation>
    </message>
    <message>
        <source>Lets the edges of a picture shape the result, as in the authors&apos; demo.</source>
        <translation>저자의 데모처럼 이미지의 윤곽선이 결과의 형태를 정합니다.</translation>
    </message>
    <message>
        <source>ControlNet for sharp edges</source>
        <translation>뚜렷한 윤곽선용 ControlNet</translation>
    </message>
    <message>
        <source>Lets the sharp edges of a picture (canny) shape the result.</source>
        <translation>이미지의 뚜렷한 윤곽선(canny)이 결과의 형태를 정합니다.</translation>
    </message>
    <message>
        <source>ControlNet for soft outlines</source>
        <translation>부드러운 윤곽선용 ControlNet</translation>
    </message>
    <message>
        <source>Lets soft outlines (HED, PiDiNet) shape the result.</source>
        <translation>부드러운 윤곽선(HED, PiDiNet)이 결과의 형태를 정합니다.</translation>
    </message>
    <message>
        <source>ControlNet for line art</source>
        <translation>선화용 ControlNet</translation>
    </message>
    <message>
        <source>Lets a line drawing shape the result; the drawing is a finished map.</source>
        <translation>선 그림이 결과의 형태를 정합니다. 그림 자체가 완성된 맵입니다.</translation>
    </message>
    <message>
        <source>LCM-LoRA for Stable Diffusion 1.5</source>
        <translation>Stable Diffusion 1.5용 LCM-LoRA</translation>
    </message>
    <message>
        <source>Pictures in 4 to 8 steps, with the sampler lcm; added to a model as a LoRA.</source>
        <translation>샘플러 lcm으로 4~8단계에 이미지를 만듭니다. 모델에 LoRA로 더합니다.</translation>
    </message>
    <message>
        <source>Hyper-SD for Stable Diffusion 1.5</source>
        <translation>Stable Diffusion 1.5용 Hyper-SD</translation>
    </message>
    <message>
        <source>Pictures in 8 steps with guidance; added to a model as a LoRA.</source>
        <translation>가이던스와 함께 8단계에 이미지를 만듭니다. 모델에 LoRA로 더합니다.</translation>
    </message>
    <message>
        <source>TAESD, the tiny autoencoder</source>
        <translation>작은 오토인코더 TAESD</translation>
    </message>
    <message>
        <source>Decodes previews and pictures quickly, a little less exactly.</source>
        <translation>미리보기와 이미지를 조금 덜 정확하지만 빠르게 디코딩합니다.</translation>
    </message>
    <message>
        <source>PiDiNet</source>
        <translation>PiDiNet</translation>
    </message>
    <message>
        <source>Makes maps of fine soft outlines and of scribbles.</source>
        <translation>섬세하고 부드러운 윤곽선과 낙서 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>HED</source>
        <translation>HED</translation>
    </message>
    <message>
        <source>Makes maps of soft outlines.</source>
        <translation>부드러운 윤곽선 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>M-LSD</source>
        <translation>M-LSD</translation>
    </message>
    <message>
        <source>Makes maps of the straight lines of rooms and buildings.</source>
        <translation>방과 건물의 곧은 선 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>DPT-hybrid</source>
        <translation>DPT-hybrid</translation>
    </message>
    <message>
        <source>Makes maps of distances and of the directions of surfaces.</source>
        <translation>거리와 표면 방향 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>OpenPose, body</source>
        <translation>OpenPose 몸</translation>
    </message>
    <message>
        <source>Makes maps of how people stand.</source>
        <translation>사람의 자세 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>OpenPose, hands</source>
        <translation>OpenPose 손</translation>
    </message>
    <message>
        <source>Makes maps of how people stand, with each finger; it needs the body, too.</source>
        <translation>손가락까지 사람의 자세 맵을 만듭니다. 몸 파일도 필요합니다.</translation>
    </message>
    <message>
        <source>OpenPose, face</source>
        <translation>OpenPose 얼굴</translation>
    </message>
    <message>
        <source>Makes maps of how people stand, with the face; it needs the body, too.</source>
        <translation>얼굴까지 사람의 자세 맵을 만듭니다. 몸 파일도 필요합니다.</translation>
    </message>
    <message>
        <source>DINO ViT-B/8</source>
        <translation>DINO ViT-B/8</translation>
    </message>
    <message>
        <source>Measures how well Translate kept the structure of a picture.</source>
        <translation>변환이 이미지의 구조를 얼마나 지켰는지 잽니다.</translation>
    </message>
    <message>
        <source>CLIP ViT-B/16</source>
        <translation>CLIP ViT-B/16</translation>
    </message>
    <message>
        <source>Ranks candidates by how much their change is that of the example.</source>
        <translation>변화가 예시와 얼마나 같은지로 후보의 순위를 매깁니다.</translation>
    </message>
    <message>
        <source>There was too little memory for all networks of the model at once (%1), so they were loaded one after the other: the picture is the same, and the run takes longer.</source>
        <translation>모델의 모든 신경망을 한꺼번에 올리기에는 메모리가 부족하여(%1) 하나씩 차례로 불러왔습니다. 그림은 같고, 실행은 더 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Guidance in two halves</source>
        <translation>가이던스를 두 번에 나누어 계산</translation>
    </message>
    <message>
        <source>Asks the network for the two halves of a guided step one after the other, not in one batch.
Takes less memory and about as long; the numbers are the same but for their last places.
Has no effect at guidance 1.</source>
        <translation>가이던스가 있는 단계의 두 절반을 한 묶음으로가 아니라 하나씩 차례로 신경망에 묻습니다.
메모리를 덜 쓰고 시간은 비슷하며, 수는 마지막 자리를 빼고 같습니다.
가이던스가 1이면 효과가 없습니다.</translation>
    </message>
    <message>
        <source>holds pixels of a kind that is not supported; save it as 8-bit PNG</source>
        <translation>픽셀이 지원하지 않는 종류입니다. 8비트 PNG로 저장하십시오</translation>
    </message>
    <message>
        <source>It is damaged: %1 of its %2 parts could not be read, or not to their end.</source>
        <translation>손상되었습니다. %2개 부분 중 %1개를 읽지 못했거나 끝까지 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>the model is known</source>
        <translation>모델을 알게 됨</translation>
    </message>
    <message>
        <source>the window is drawn</source>
        <translation>창이 그려짐</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>The GPU stopped answering earlier. Start Simile again to use it, or choose the device cpu.</source>
        <translation>앞서 GPU가 응답을 멈추었습니다. 다시 사용하려면 Simile을 다시 시작하거나 장치로 cpu를 선택하십시오.</translation>
    </message>
    <message>
        <source>All values of the %1 in the file %2 are zero, so it does nothing: the file may be damaged.</source>
        <translation>파일 %2에서 %1의 값이 모두 0이라 아무 일도 하지 않습니다. 파일이 손상되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 gave a picture or a latent whose sizes cannot be. That is a fault of the method, not of what it was given.</source>
        <translation>%1이(가) 있을 수 없는 크기의 이미지나 잠재 변수를 내놓았습니다. 입력이 아니라 그 방법 자체의 오류입니다.</translation>
    </message>
    <message>
        <source>The GPU no longer answers (%1). Start Simile again to use it, or choose the device cpu.</source>
        <translation>GPU가 더 이상 응답하지 않습니다(%1). 다시 사용하려면 Simile을 다시 시작하거나 장치로 cpu를 선택하십시오.</translation>
    </message>
    <message>
        <source>The environment variable SIMILE_DAMAGED_VALUES is &quot;%1&quot;. It can be zero, or not be set.</source>
        <translation>환경 변수 SIMILE_DAMAGED_VALUES의 값이 &quot;%1&quot;입니다. zero이거나 설정하지 않아야 합니다.</translation>
    </message>
    <message>
        <source>%1 holds values that are infinite or no numbers: the file is damaged. Please get it again; with SIMILE_DAMAGED_VALUES=zero in the environment it is loaded with zero in their place.</source>
        <translation>%1에 무한대이거나 숫자가 아닌 값이 있습니다. 파일이 손상되었습니다. 다시 받으십시오. 환경 변수 SIMILE_DAMAGED_VALUES=zero를 설정하면 그 값 대신 0을 넣어 불러옵니다.</translation>
    </message>
    <message>
        <source>%1 values of the %2 in the file %3 were infinite or no numbers; zero was taken in their place, so results may be wrong.</source>
        <translation>파일 %3의 %2에서 값 %1개가 무한대이거나 숫자가 아니어서 대신 0을 넣었습니다. 결과가 틀릴 수 있습니다.</translation>
    </message>
    <message>
        <source>The plug-in %1 was not loaded: the last time, the program ended or had to begin again because of it. To try it again: simile plugins --allow %1</source>
        <translation>플러그인 %1을(를) 불러오지 않았습니다. 지난번에 이 플러그인 때문에 프로그램이 종료되었거나 다시 시작해야 했습니다. 다시 시도하려면 simile plugins --allow %1</translation>
    </message>
    <message>
        <source>The plug-in %1 is still being loaded after %2 s: Simile begins again without it.</source>
        <translation>플러그인 %1을(를) %2초가 지나도록 다 불러오지 못했습니다. Simile이 이 플러그인 없이 다시 시작합니다.</translation>
    </message>
    <message>
        <source>not loaded: the last time, the program ended or had to begin again because of it</source>
        <translation>불러오지 않음: 지난번에 이 플러그인 때문에 프로그램이 종료되었거나 다시 시작해야 했습니다</translation>
    </message>
    <message>
        <source>There is not enough memory on the GPU: %1 more was needed, and of its %2 there is %3 free. A smaller size, fewer candidates or another precision needs less.</source>
        <translation>GPU 메모리가 부족합니다. %1이(가) 더 필요한데 전체 %2 중 %3만 비어 있습니다. 크기나 후보 수를 줄이거나 다른 정밀도를 쓰면 덜 필요합니다.</translation>
    </message>
    <message>
        <source>is incomplete: the end of the GIF picture is missing</source>
        <translation>온전하지 않습니다: GIF 이미지의 끝이 없습니다</translation>
    </message>
    <message>
        <source>is a damaged GIF picture: it has no colours</source>
        <translation>손상된 GIF 이미지입니다: 색이 없습니다</translation>
    </message>
    <message>
        <source>is a damaged GIF picture: it has no frame</source>
        <translation>손상된 GIF 이미지입니다: 프레임이 없습니다</translation>
    </message>
    <message>
        <source>It is animated (more than %1 frames); its first frame was read.</source>
        <translation>애니메이션(%1프레임 초과)이며, 첫 프레임을 읽었습니다.</translation>
    </message>
    <message>
        <source>%1 is %2, which is not supported. Save it as PNG; PNG, JPEG, WebP, TIFF, BMP and GIF pictures can be read.</source>
        <translation>%1은(는) %2이며, 지원하지 않습니다. PNG로 저장하십시오. PNG, JPEG, WebP, TIFF, BMP, GIF 이미지를 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 is a text file, not a picture. PNG, JPEG, WebP, TIFF, BMP and GIF pictures can be read.</source>
        <translation>%1은(는) 이미지가 아니라 텍스트 파일입니다. PNG, JPEG, WebP, TIFF, BMP, GIF 이미지를 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 is not a picture. PNG, JPEG, WebP, TIFF, BMP and GIF pictures can be read.</source>
        <translation>%1은(는) 이미지가 아닙니다. PNG, JPEG, WebP, TIFF, BMP, GIF 이미지를 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 could not be written: its disk does not give back what was written to it. Choose another disk.</source>
        <translation>%1을(를) 쓸 수 없습니다. 디스크에서 다시 읽은 내용이 쓴 내용과 다릅니다. 다른 디스크를 고르십시오.</translation>
    </message>
    <message>
        <source>There is a file %1 already, and nothing is replaced: choose another name or folder.</source>
        <translation>%1 파일이 이미 있으며, 아무것도 바꾸지 않습니다. 다른 이름이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The folder %1 is not there any more: bring it back and give the command again. What is made is not made again.</source>
        <translation>%1 폴더가 더 이상 없습니다. 폴더를 되돌린 뒤 명령을 다시 내리십시오. 만든 것은 다시 만들지 않습니다.</translation>
    </message>
    <message>
        <source>It stops here: mend that and give the command again. What is made is not made again.</source>
        <translation>여기서 멈춥니다. 문제를 해결한 뒤 명령을 다시 내리십시오. 만든 것은 다시 만들지 않습니다.</translation>
    </message>
    <message>
        <source>The session %1 is of an older Simile and stays as it is, since its copy %2 could not be written: %3. Mend that, or copy it into another folder and open it there.</source>
        <translation>%1 세션은 이전 버전의 Simile에서 만든 것이며, 복사본 %2을(를) 쓸 수 없어 그대로 둡니다: %3. 문제를 해결하거나 다른 폴더로 복사하여 거기에서 여십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory for this: %1 more was needed, and there is %2 free. A smaller size, fewer candidates or another precision needs less.</source>
        <translation>메모리가 부족합니다. %1이(가) 더 필요한데 %2만 비어 있습니다. 크기나 후보 수를 줄이거나 다른 정밀도를 쓰면 덜 필요합니다.</translation>
    </message>
    <message>
        <source>%1 cannot be opened here, since its name is not written in UTF-8: rename it, or use the command line.</source>
        <translation>%1은(는) 이름이 UTF-8이 아니므로 여기에서 열 수 없습니다. 이름을 바꾸거나 명령줄을 쓰십시오.</translation>
    </message>
    <message>
        <source>%1 gives a web page in place of %2. Where this network wants you to log in first, do that in a browser, then try again.</source>
        <translation>%1이(가) %2 대신 웹 페이지를 보냅니다. 이 네트워크가 먼저 로그인을 요구한다면 브라우저에서 로그인한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>%1 does not say how large %2 is, so nobody can tell whether all of it came. Fetch it with a browser and put it into the folder of the models.</source>
        <translation>%1이(가) %2의 크기를 알려 주지 않아 모두 받았는지 알 수 없습니다. 브라우저로 받아 모델 폴더에 넣으세요.</translation>
    </message>
    <message>
        <source>There is not enough memory to convert %1. Close other programs, then try again.</source>
        <translation>%1을(를) 변환할 메모리가 부족합니다. 다른 프로그램을 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The model names a scheduler that is not known (%1): its noise levels are computed as those of the others, so pictures may come out wrong.</source>
        <translation>모델에 적힌 스케줄러를 알 수 없습니다(%1). 노이즈 단계를 다른 스케줄러와 같은 방식으로 계산하므로 그림이 잘못 나올 수 있습니다.</translation>
    </message>
    <message>
        <source>The tokenizer in %1 has %2 tokens and the text encoder knows %3: they do not belong together.</source>
        <translation>%1의 토크나이저에는 토큰이 %2개 있고 텍스트 인코더는 %3개를 압니다. 서로 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The network in the file %1 has %2 channels at %3, which do not make %4 equal parts: the file is damaged or of a model that is not known.</source>
        <translation>파일 %1의 신경망은 %3에 채널이 %2개 있어 똑같은 %4개로 나누어떨어지지 않습니다. 파일이 손상되었거나 알 수 없는 모델입니다.</translation>
    </message>
    <message>
        <source>The UNet in %1 takes %2 channels and gives %3, which do not belong together: the file is damaged or of a model that is not known.</source>
        <translation>%1의 UNet은 채널 %2개를 받아 %3개를 내는데, 서로 맞지 않습니다. 파일이 손상되었거나 알 수 없는 모델입니다.</translation>
    </message>
    <message>
        <source>The autoencoder %1 has %2 levels, where %3 are needed: its latents are of another size than the UNet&apos;s. Please choose another autoencoder.</source>
        <translation>오토인코더 %1은(는) 단계가 %2개이지만 %3개가 필요합니다. 그 잠재 표현의 크기가 UNet의 것과 다릅니다. 다른 오토인코더를 고르십시오.</translation>
    </message>
    <message>
        <source>The text encoder %1 reads %2 tokens at once, where %3 are needed. Please choose another one.</source>
        <translation>텍스트 인코더 %1은(는) 토큰을 한 번에 %2개 읽지만 %3개가 필요합니다. 다른 것을 고르십시오.</translation>
    </message>
    <message>
        <source>The ControlNet %1 takes %2 channels, and this model&apos;s latents have %3. Please choose a ControlNet made for this model.</source>
        <translation>ControlNet %1은(는) 채널 %2개를 받지만 이 모델의 잠재 표현은 %3개입니다. 이 모델용으로 만들어진 ControlNet을 고르십시오.</translation>
    </message>
    <message>
        <source>The file %1 has %2 tensors with nothing in them: %3. Please get the complete file.</source>
        <translation>파일 %1에는 비어 있는 텐서가 %2개 있습니다: %3. 온전한 파일을 받으십시오.</translation>
    </message>
    <message>
        <source>The SeeCoder in the file %1 looks at windows of %2 x %2 places, where %3 x %3 are the most that is read: the file is damaged or of a model that is not known.</source>
        <translation>파일 %1의 SeeCoder는 %2 x %2자리의 창을 보지만, 읽을 수 있는 것은 %3 x %3까지입니다. 파일이 손상되었거나 알 수 없는 모델입니다.</translation>
    </message>
    <message>
        <source>The latent has %1 channels, and those of the model %2 have %3: it cannot be decoded.</source>
        <translation>잠재 표현의 채널은 %1개인데 모델 %2의 것은 %3개입니다. 그래서 디코딩할 수 없습니다.</translation>
    </message>
    <message>
        <source>The file %1 says %2 for %3, which cannot be read and is left out.</source>
        <translation>파일 %1에 %3의 값으로 있는 %2은(는) 읽을 수 없어 뺐습니다.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>The file %1 is no YAML: its line %2 cannot be read.</source>
        <translation>파일 %1은(는) YAML이 아닙니다. %2번째 줄을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>it is empty.</source>
        <translation>비어 있습니다.</translation>
    </message>
    <message>
        <source>The prompt makes more than the %1 parts of 75 tokens that are read: shorten it.</source>
        <translation>프롬프트가 토큰 75개씩 %1개가 넘는 부분이 됩니다. 그만큼만 읽으므로 줄이십시오.</translation>
    </message>
    <message>
        <source>This step of the run is damaged: its latent is of %1, and those of the run are of %2. Choose another step, make the run again, or open a copy of the session that was saved.</source>
        <translation>실행의 이 단계가 손상되었습니다. 잠재 변수의 크기가 %1인데 이 실행의 것은 %2입니다. 다른 단계를 고르거나, 다시 실행하거나, 저장해 둔 세션 복사본을 여십시오.</translation>
    </message>
    <message>
        <source>The run is damaged: it has a step %1, and its settings give %2. Make it again, or open a copy of the session that was saved.</source>
        <translation>실행이 손상되었습니다. 단계 %1이(가) 있는데 설정에 따르면 %2단계뿐입니다. 다시 실행하거나 저장해 둔 세션 복사본을 여십시오.</translation>
    </message>
    <message>
        <source>The steps that are done already are of a latent of %1; this run&apos;s is %2. Make the run from its beginning, or open a copy of the session that was saved.</source>
        <translation>이미 끝난 단계의 잠재 변수는 크기가 %1인데 이 실행의 것은 %2입니다. 처음부터 실행하거나 저장해 둔 세션 복사본을 여십시오.</translation>
    </message>
    <message>
        <source>A part of %1 x %2 pixels at %3, %4 does not lie within a picture of %5 x %6. That is a fault of the program: please report it.</source>
        <translation>%3, %4에 있는 %1 x %2픽셀의 부분이 %5 x %6 이미지를 벗어납니다. 프로그램의 오류이니 알려 주십시오.</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>Run %1 of the session %2 is damaged and cannot be read, so it is left as it is: %3 The other runs are not concerned.</source>
        <translation>세션 %2의 실행 %1이(가) 손상되어 읽을 수 없으므로 그대로 두었습니다: %3 다른 실행에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>The place &quot;%1&quot; of the run is no path: %2.</source>
        <translation>실행의 위치 &quot;%1&quot;이(가) 경로가 아닙니다: %2.</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 cannot be brought to %3 x %4. That is a fault of the program: please report it.</source>
        <translation>%1 x %2 이미지를 %3 x %4 크기로 바꿀 수 없습니다. 프로그램의 오류이니 알려 주십시오.</translation>
    </message>
    <message>
        <source>%1 is one of the files given, or part of one: choose another name.</source>
        <translation>%1은(는) 주어진 파일 중 하나이거나 그 일부입니다. 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>The gain is a number from 0.1 to 255.</source>
        <translation>배율은 0.1부터 255까지의 수입니다.</translation>
    </message>
    <message>
        <source>its certificate is of nobody whom this computer trusts, and the file %1, which the settings name under Privacy, has none that can be read</source>
        <translation>그 인증서는 이 컴퓨터가 믿는 누구의 것도 아니며, 설정의 개인 정보에서 지정한 파일 %1에도 읽을 수 있는 인증서가 없습니다</translation>
    </message>
    <message>
        <source>its certificate is of nobody whom this computer trusts (that of a network of your own can be named in the settings, under Privacy)</source>
        <translation>그 인증서는 이 컴퓨터가 믿는 누구의 것도 아닙니다(자체 망의 인증서는 설정의 개인 정보에서 지정할 수 있습니다)</translation>
    </message>
    <message>
        <source>The file %1 holds values in %2 that are infinite or no numbers: it is damaged. Please get it again.</source>
        <translation>파일 %1의 %2에 무한대이거나 숫자가 아닌 값이 있습니다. 파일이 손상되었으니 다시 받으십시오.</translation>
    </message>
    <message>
        <source>A run is in progress: open the session %1 when it is over.</source>
        <translation>실행 중입니다. 끝나면 세션 %1을(를) 여십시오.</translation>
    </message>
    <message>
        <source>The folder %1 has more than %2 files and folders in it, so it is no model: choose the model&apos;s own folder.</source>
        <translation>폴더 %1에 파일과 폴더가 %2개보다 많으니 모델이 아닙니다. 모델 자체의 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The plug-in %1 failed in its method %2 (%3): %4</source>
        <translation>플러그인 %1의 방법 %2이(가) 실패했습니다(%3): %4</translation>
    </message>
    <message>
        <source>It failed to say whether it can use this model: %1</source>
        <translation>이 방법이 이 모델을 쓸 수 있는지 답하지 못했습니다: %1</translation>
    </message>
    <message>
        <source>it was built for Simile %1 with libtorch %2 by %3, and this is Simile %4 with libtorch %5 by %6. It has to be built again.</source>
        <translation>Simile %1, libtorch %2, %3용으로 빌드되었는데 이 프로그램은 Simile %4, libtorch %5, %6입니다. 다시 빌드해야 합니다.</translation>
    </message>
    <message>
        <source>the work on %1 x %2 pixels</source>
        <translation>%1 x %2 픽셀 작업</translation>
    </message>
    <message>
        <source>fewer pictures at once, or a smaller size</source>
        <translation>한 번에 더 적은 이미지나 더 작은 크기</translation>
    </message>
    <message>
        <source>a smaller size</source>
        <translation>더 작은 크기</translation>
    </message>
    <message>
        <source>the model %1</source>
        <translation>모델 %1</translation>
    </message>
    <message>
        <source>There is not enough memory for %1: it needs %2, and %3 can be had. Close other programs, or choose %4.</source>
        <translation>%1에 쓸 메모리가 모자랍니다. %2이(가) 필요한데 쓸 수 있는 것은 %3입니다. 다른 프로그램을 닫거나 %4을(를) 고르십시오.</translation>
    </message>
    <message>
        <source>the %1 in the file %2</source>
        <translation>파일 %2의 %1</translation>
    </message>
    <message>
        <source>another one, or the precision bf16</source>
        <translation>다른 것이나 정밀도 bf16</translation>
    </message>
    <message>
        <source>the network in the file %1</source>
        <translation>파일 %1의 신경망</translation>
    </message>
    <message>
        <source>a smaller network</source>
        <translation>더 작은 신경망</translation>
    </message>
    <message>
        <source>the network for %1</source>
        <translation>%1을(를) 위한 신경망</translation>
    </message>
    <message>
        <source>another kind of map</source>
        <translation>다른 종류의 맵</translation>
    </message>
    <message>
        <source>another SeeCoder</source>
        <translation>다른 SeeCoder</translation>
    </message>
    <message>
        <source>Looking whether the model is the same</source>
        <translation>모델이 같은지 확인</translation>
    </message>
    <message>
        <source>The model %1 is another file now than when the run was begun, and the steps of both make no picture together: put the former file back, or make the picture anew.</source>
        <translation>모델 %1은(는) 이제 실행을 시작했을 때와 다른 파일이고, 두 모델의 단계로는 한 이미지를 만들 수 없습니다. 예전 파일을 되돌려 놓거나 이미지를 새로 만드십시오.</translation>
    </message>
    <message>
        <source>The picture could not be encoded (%1): the autoencoder does not fit or is damaged, so choose another model.</source>
        <translation>이미지를 인코딩하지 못했습니다(%1). 오토인코더가 맞지 않거나 손상되었습니다. 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>In half precision the autoencoder made values that are no numbers, so a picture was encoded again in fp32.</source>
        <translation>오토인코더가 반정밀도에서 수가 아닌 값을 내어, 이미지를 fp32로 다시 인코딩했습니다.</translation>
    </message>
    <message>
        <source>The picture of the difference is a PNG file: end its name %1 with .png.</source>
        <translation>차이 그림은 PNG 파일입니다. 이름 %1이(가) .png로 끝나게 하십시오.</translation>
    </message>
    <message>
        <source>The session %1 is open in another window of Simile: close that one to open it here.</source>
        <translation>세션 %1은(는) Simile의 다른 창에 열려 있습니다. 여기서 열려면 그 창을 닫으십시오.</translation>
    </message>
    <message>
        <source>%1 takes a value: give one behind it. %2 says which.</source>
        <translation>%1에는 값이 필요합니다. 뒤에 값을 적으십시오. 어떤 값인지는 %2가 알려 줍니다.</translation>
    </message>
    <message>
        <source>%1 takes no value: give it alone.</source>
        <translation>%1에는 값이 없습니다. 그것만 적으십시오.</translation>
    </message>
    <message>
        <source>%1 cannot be &quot;%2&quot;: it is one of %3.</source>
        <translation>%1은(는) &quot;%2&quot;일 수 없습니다. 다음 중 하나입니다: %3.</translation>
    </message>
    <message>
        <source>%1 cannot be &quot;%2&quot;. %3 says what it takes.</source>
        <translation>%1은(는) &quot;%2&quot;일 수 없습니다. 가능한 값은 %3이 알려 줍니다.</translation>
    </message>
    <message>
        <source>%1 is missing. %2 says what has to be given.</source>
        <translation>%1이(가) 빠졌습니다. 무엇이 필요한지는 %2가 알려 줍니다.</translation>
    </message>
    <message>
        <source>There is no option %1 here. %2 says which there are.</source>
        <translation>여기에는 %1 옵션이 없습니다. 어떤 옵션이 있는지는 %2가 알려 줍니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one argument too many. %2 says what is taken.</source>
        <translation>&quot;%1&quot;은(는) 남는 인자입니다. 무엇을 받는지는 %2가 알려 줍니다.</translation>
    </message>
    <message>
        <source>%1. %2 says what is taken.</source>
        <translation>%1. 무엇을 받는지는 %2가 알려 줍니다.</translation>
    </message>
    <message>
        <source>The name of a file or folder is empty: give one for %1.</source>
        <translation>파일이나 폴더의 이름이 비어 있습니다. %1에 이름을 적으십시오.</translation>
    </message>
    <message>
        <source>%1 and %2 cannot be given together: give one of them.</source>
        <translation>%1와(과) %2는 함께 쓸 수 없습니다. 하나만 적으십시오.</translation>
    </message>
</context>
</TS>
